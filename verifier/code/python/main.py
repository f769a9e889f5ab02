"""Where a warm clone starts: the request says which part it plays."""


def main(request, reply_fd):
    mode, *rest = decode(request)
    open_streams()
    if mode == 'program':
        status = run_program(*rest, reply_fd)
    elif mode == 'calls':
        status = run_calls(*rest, reply_fd)
    elif mode == 'serve':
        status = serve(*rest, CHANNEL)
    elif mode == 'plan':
        status = plan(*rest, reply_fd)
    elif mode == 'examine':
        status = examine(*rest, CHANNEL, reply_fd)
    else:
        status = 2
    flush_streams()
    os._exit(status)


CHANNEL = 5
