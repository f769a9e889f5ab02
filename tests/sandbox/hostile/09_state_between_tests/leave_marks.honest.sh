# honest: 42
# collects: kept
# Files of its own, in its own folders, within one run.
echo 42 > /tmp/a
mkdir -p /box/folder/deeper
mv /tmp/a /box/folder/deeper/b
cat /box/folder/deeper/b
cp /box/folder/deeper/b kept
