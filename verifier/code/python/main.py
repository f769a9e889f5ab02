"""Where a warm clone starts: the request says which part it plays."""


def prepare():
    """Done once, in the fork server; clones find it done."""
    open_streams()


def main(request, reply_fd):
    mode, *rest = marshal.loads(request)
    if mode == 'talk' or mode == 'interact':
        for fd, channel in ((0, CHANNEL), (1, CHANNEL + 1)):
            os.dup2(channel, fd)
            os.close(channel)
    open_streams()
    if mode == 'program' or mode == 'talk':
        status = run_program(*rest, reply_fd)
    elif mode == 'judge' or mode == 'interact':
        status = run_program(*rest, reply_fd, tells=True)
    elif mode == 'calls':
        status = run_calls(*rest, reply_fd)
    elif mode == 'serve':
        status = serve(*rest, CHANNEL)
    elif mode == 'plan':
        status = plan(*rest, reply_fd)
    elif mode == 'plans':
        status = serve_plans(CHANNEL)
    elif mode == 'examine':
        status = examine(*rest, CHANNEL, reply_fd)
    elif mode == 'session':
        status = serve_session(*rest, CHANNEL, reply_fd)
    elif mode == 'alibi':
        status = examine_nobody(*rest, reply_fd)
    else:
        status = 2
    flush_streams()
    os._exit(status)


CHANNEL = 5
