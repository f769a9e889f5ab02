# outcome: exited
# says: looked
# What others were started with, and from where.
shopt -s nullglob
for folder in /proc/[0-9]*; do
  for name in cmdline environ; do
    text=$(tr '\0' ' ' < "$folder/$name" 2> /dev/null)
    [[ $text =~ ASSAY|--|/build|/tests ]] && echo "ESCAPED $text"
  done
  for name in cwd root exe; do
    [[ ${folder##*/} == 1 ]] || continue
    readlink "$folder/$name" > /dev/null 2>&1 && echo "ESCAPED $folder/$name"
  done
done
for file in /box/* /box/.[!.]* /tmp/* /tmp/.[!.]*; do
  [[ $file == /box/main.sh ]] || echo "ESCAPED $file"
done
echo looked
