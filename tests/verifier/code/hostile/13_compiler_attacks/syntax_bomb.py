# refused: COMPILE_ERROR RUNTIME_ERROR MEMORY_LIMIT TIME_LIMIT
# time: 1000
# A text whose folding takes more memory than there is.
bomb = (((((1 << 1000000) << 100000000) << 1000000000),) * 100000,) * 100000
exec("x = " + "-" * 100000 + "1")
eval("(" * 100000 + ")" * 100000)

def twice(x):
    return bomb
