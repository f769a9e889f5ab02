# outcome: exited
# runs: 2
# says: marked
# Counts its runs in files wherever one might outlive it.
for folder in /box /tmp /var/tmp /dev/shm /run /proc/self /usr/tmp /assay /etc \
    /dev /; do
  [[ -e $folder/assay_left_mark ]] && echo "ESCAPED $folder"
  : > "$folder/assay_left_mark"
done 2> /dev/null
echo marked
