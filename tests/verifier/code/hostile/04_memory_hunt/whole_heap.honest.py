# honest: ISOLATED
# Looks at its own frame and its own objects.
import gc, inspect

def twice(x):
    assert inspect.currentframe().f_code.co_name == "twice"
    gc.collect()
    return x * 2
