# honest: ISOLATED
# Brackets ninety deep, and a long sum.
deep = eval("(" * 60 + "2" + ")" * 60)
wide = eval("+".join(["1"] * 500))

def twice(x):
    return x * deep if wide == 500 else None
