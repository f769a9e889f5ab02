# honest: ISOLATED
# A document with its end.
factor=$(cat <<END
2
END
)
twice() { echo $(($1 * factor)); }
