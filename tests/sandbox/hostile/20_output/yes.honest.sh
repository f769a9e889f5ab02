# honest: y y y
# A program whose reader leaves first.
echo $(yes 2> /dev/null | head -3)
