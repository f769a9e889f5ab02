# honest: yes yes
# What programs ask of a system.
[[ $(nproc) -ge 1 ]] && printf 'yes '
[[ $(free 2> /dev/null || cat /proc/meminfo) =~ Mem ]] && echo yes
