# honest: 42
# collects: out0 out1
# Files that belong to a folder and are linked by two names.
mkdir work && echo 42 > work/result
cp work/result out0
ln work/result out1
cat out1
