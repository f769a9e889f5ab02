# honest: 00:00 1.5 3
# A zone, a locale and an order.
echo "$(TZ=UTC date -d @0 +%H:%M) $(LC_ALL=C printf %.1f 1.5)" \
    "$(printf 'b\na\nc\n' | LC_ALL=C sort | wc -l)"
