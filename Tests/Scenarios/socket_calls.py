"""Calls on sockets that name a port, and what they come to, one a line: `socket_calls.py PORT`.

Run with a port of its own, and with one that is translated, it has to print the same.
"""

import ctypes
import errno
import os
import select
import signal
import socket
import struct
import sys
import threading
import time

from messages import Header, Piece

PORT = int(sys.argv[1])
LOCAL = ("127.0.0.1", PORT)
LIBC = ctypes.CDLL(None, use_errno=True)
ADDRESS = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(PORT), bytes([127, 0, 0, 1]))
CALLS = []
# linux/tcp.h
TCP_FASTOPEN_CONNECT = 30
TCP_FASTOPEN_NO_COOKIE = 34


def call(function):
    CALLS.append(function)
    return function


def attempt(function, *arguments):
    try:
        result = function(*arguments)
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
    return "ok" if result is None else result


def raw(function, descriptor, address, length):
    """A call that Python's own checks would not let through."""
    if function(descriptor, address, length) == 0:
        return "ok"
    return errno.errorcode[ctypes.get_errno()]


def tcp(family=socket.AF_INET, protocol=0):
    made = socket.socket(family, socket.SOCK_STREAM, protocol)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return made


def server(host="127.0.0.1", family=socket.AF_INET, backlog=8, only=1):
    made = tcp(family)
    if family == socket.AF_INET6:
        made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, only)
    made.bind((host, PORT))
    made.listen(backlog)
    return made


def full_server():
    """A server whose queue is full, so that connections to it wait; and those that fill it."""
    made = server(backlog=0)
    fillers = []
    for _ in range(3):
        fillers.append(tcp())
        fillers[-1].setblocking(False)
        attempt(fillers[-1].connect, LOCAL)
    time.sleep(0.05)
    return made, fillers


@call
def bind():
    with tcp() as one:
        return attempt(one.bind, LOCAL)


@call
def bind_twice():
    with tcp() as one:
        return attempt(one.bind, LOCAL), attempt(one.bind, LOCAL)


@call
def bind_in_use():
    with server(), tcp() as one, tcp() as two, tcp() as three:
        return attempt(one.bind, LOCAL), attempt(two.bind, ("0.0.0.0", PORT)), attempt(three.bind, ("127.0.0.2", PORT))


@call
def bind_foreign_address():
    with tcp() as one:
        return attempt(one.bind, ("192.0.2.1", PORT))


@call
def bind_in_use_and_elsewhere_afterwards():
    """As programs do that look for a port from the one that they prefer on."""
    with server(), tcp() as one, tcp() as two:
        first = attempt(one.bind, LOCAL)
        one.bind(("127.0.0.1", 0))
        return first, attempt(one.listen), attempt(two.connect, one.getsockname())


@call
def bind_without_privilege():
    with tcp() as one:
        return attempt(one.bind, ("127.0.0.1", 1))


@call
def bind_reuseport_of_one_alone():
    with tcp() as one, tcp() as two:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        return attempt(one.bind, LOCAL), attempt(one.listen), attempt(two.bind, LOCAL)


@call
def bind_reuseport():
    with tcp() as one, tcp() as two:
        for each in (one, two):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            each.bind(LOCAL)
        return attempt(one.listen), attempt(two.listen)


@call
def bind_ipv6_beside_ipv4():
    with server(), server("::1", socket.AF_INET6):
        return attempt(lambda: server("::", socket.AF_INET6, only=0).close())


@call
def bind_mapped():
    with tcp(socket.AF_INET6) as one:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        return attempt(one.bind, ("::ffff:127.0.0.1", PORT))


@call
def bind_ipv6_only_beside_ipv4():
    with server(), server("::", socket.AF_INET6, only=1) as one, tcp(socket.AF_INET6) as two:
        return attempt(two.connect, ("::1", PORT)), one.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY)


@call
def bind_address_of_another_family():
    address = struct.pack("=HHI16sI", socket.AF_INET6, socket.htons(PORT), 0, bytes(15) + b"\1", 0)
    with tcp() as one:
        return raw(LIBC.bind, one.fileno(), address, len(address))


@call
def bind_address_of_no_family():
    def bound(host):
        address = struct.pack("=HH4s8x", socket.AF_UNSPEC, socket.htons(PORT), socket.inet_aton(host))
        with tcp() as one, tcp() as two:
            return raw(LIBC.bind, one.fileno(), address, 16), attempt(two.bind, LOCAL)

    return bound("0.0.0.0"), bound("127.0.0.1")


@call
def addresses_of_every_length():
    results = []
    for length in (0, 2, 15, 16, 28, 127, 128, 129, 4000, -1):
        with tcp() as one:
            results.append(raw(LIBC.bind, one.fileno(), ADDRESS + bytes(4096), length))
    return results


@call
def bad_pointer():
    with tcp() as one:
        return raw(LIBC.connect, one.fileno(), ctypes.c_void_p(8), 16)


@call
def bad_descriptor():
    return [raw(LIBC.connect, descriptor, ADDRESS, 16) for descriptor in (999, 0, -1)]


@call
def bind_in_tree_of_port_0():
    with tcp() as one, tcp() as two:
        one.bind(("127.0.0.1", 0))
        one.listen()
        return one.getsockname()[1] != 0, attempt(two.connect, one.getsockname())


@call
def connect():
    with server(), tcp() as one:
        return attempt(one.connect, LOCAL), attempt(one.connect, LOCAL)


@call
def connect_refused():
    with tcp() as one:
        return attempt(one.connect, LOCAL)


@call
def connect_a_listener():
    with server() as listener:
        return attempt(listener.connect, LOCAL)


@call
def connect_without_waiting():
    with server(), tcp() as one:
        one.setblocking(False)
        first = attempt(one.connect, LOCAL)
        poll = select.epoll()
        poll.register(one, select.EPOLLOUT)
        events = poll.poll(2)[0][1]
        return first, events, one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), attempt(one.connect, LOCAL)


@call
def connect_without_waiting_refused():
    with tcp() as one:
        one.setblocking(False)
        first = attempt(one.connect, LOCAL)
        poll = select.epoll()
        poll.register(one, select.EPOLLIN | select.EPOLLOUT)
        events = poll.poll(2)[0][1]
        return first, events, errno.errorcode.get(one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))


@call
def connect_within_a_time():
    with tcp() as one:
        one.settimeout(1)
        return attempt(one.connect, LOCAL)


@call
def connect_any():
    with server(), tcp() as one:
        return attempt(one.connect, ("0.0.0.0", PORT))


@call
def connect_another_loopback_address():
    with server("0.0.0.0"), tcp() as one:
        return attempt(one.connect, ("127.3.2.1", PORT))


@call
def connect_ipv6():
    with server("::1", socket.AF_INET6), tcp(socket.AF_INET6) as one, tcp(socket.AF_INET6) as two:
        return attempt(one.connect, ("::1", PORT)), attempt(two.connect, ("::", PORT))


@call
def connect_mapped():
    with server(), tcp(socket.AF_INET6) as one:
        return attempt(one.connect, ("::ffff:127.0.0.1", PORT))


@call
def connect_what_is_bound():
    with server(), tcp() as one:
        one.bind(("127.0.0.1", 0))
        return attempt(one.connect, LOCAL)


@call
def disconnect():
    with server(), tcp() as one:
        one.connect(LOCAL)
        unspecified = struct.pack("=H14x", socket.AF_UNSPEC)
        return raw(LIBC.connect, one.fileno(), unspecified, 16), attempt(one.connect, LOCAL)


@call
def connect_elsewhere():
    with tcp() as one:
        one.setblocking(False)
        return attempt(one.connect, ("192.0.2.1", PORT))


@call
def connect_through_an_interface():
    with server(), tcp() as one:
        try:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
        except PermissionError:
            pass
        return attempt(one.connect, LOCAL)


@call
def connect_to_a_full_queue_that_empties():
    listener, fillers = full_server()

    def drain():
        time.sleep(0.3)
        listener.settimeout(3)
        try:
            while True:
                fillers.append(listener.accept()[0])
        except OSError:
            listener.close()

    thread = threading.Thread(target=drain)
    thread.start()
    with tcp() as one:
        result = attempt(one.connect, LOCAL)
        thread.join()
        return result, one.getpeername()[0]


@call
def connect_to_a_full_queue_until_a_signal():
    listener, fillers = full_server()
    signal.signal(signal.SIGALRM, lambda *_: None)
    signal.siginterrupt(signal.SIGALRM, True)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    with tcp() as one:
        result = raw(LIBC.connect, one.fileno(), ADDRESS, 16)
    listener.close()
    return result, len(fillers)


@call
def connect_within_a_time_of_the_kernels():
    with tcp() as one, tcp() as two:
        for each in (one, two):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 0, 200_000))
        refused = attempt(one.connect, LOCAL)
        with server():
            return refused, attempt(two.connect, LOCAL)


@call
def connect_to_a_full_queue_within_a_time_of_the_kernels():
    """Ends in time; which of two words says so differs, as docs/translation.md tells."""
    listener, fillers = full_server()
    with tcp() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 0, 200_000))
        start = time.monotonic()
        result = attempt(one.connect, LOCAL)
        took = time.monotonic() - start
    listener.close()
    return result in ("EINPROGRESS", "EALREADY"), 0.15 < took < 1.5, len(fillers)


@call
def connect_to_a_full_queue_without_waiting():
    listener, fillers = full_server()
    with tcp() as one:
        one.setblocking(False)
        first = attempt(one.connect, LOCAL)
        poll = select.epoll()
        poll.register(one, select.EPOLLOUT)
        result = first, poll.poll(0.1), attempt(one.connect, LOCAL)
    listener.close()
    return result, len(fillers)


@call
def connect_a_datagram_socket():
    with socket.socket(type=socket.SOCK_DGRAM) as one, socket.socket(type=socket.SOCK_DGRAM) as two:
        return (
            attempt(one.connect, ("255.255.255.255", PORT)), attempt(two.connect, LOCAL), attempt(two.send, b"x"))


@call
def fast_open_by_option():
    with server() as listener, tcp() as one:
        one.setsockopt(socket.IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1)
        return attempt(one.connect, LOCAL), attempt(one.send, b"hello"), listener.accept()[0].recv(9)


@call
def fast_open_by_sending():
    with server() as listener, tcp() as one:
        result = attempt(one.sendto, b"hello" * 1000, socket.MSG_FASTOPEN, LOCAL)
        peer = listener.accept()[0]
        one.close()
        received = 0
        while part := peer.recv(65536):
            received += len(part)
        return result, received


@call
def fast_open_of_much():
    with server() as listener, tcp() as one:
        one.setsockopt(socket.IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, 1)
        received = []
        def read():
            with listener.accept()[0] as peer:
                while part := peer.recv(65536):
                    received.append(len(part))
        reader = threading.Thread(target=read)
        reader.start()
        result = attempt(one.sendto, b"x" * 1_000_000, socket.MSG_FASTOPEN, LOCAL)
        one.close()
        reader.join()
        return result, sum(received)


@call
def fast_open_of_several():
    with server() as listener, tcp() as one:
        header = Header(ADDRESS, 16, ctypes.pointer(Piece(b"hello", 5)), 1, None, 0, 0, 0, 0, 0)
        sent = LIBC.sendmmsg(one.fileno(), ctypes.byref(header), 1, socket.MSG_FASTOPEN)
        return sent, header.sent, listener.accept()[0].recv(9)


@call
def fast_open_with_a_long_address():
    with server() as listener, tcp() as one:
        header = Header(ADDRESS + bytes(200), 216, ctypes.pointer(Piece(b"hello", 5)), 1, None, 0, 0, 0, 0, 0)
        return LIBC.sendmsg(one.fileno(), ctypes.byref(header), socket.MSG_FASTOPEN), listener.accept()[0].recv(9)


@call
def fast_open_without_waiting():
    with server() as listener, tcp() as one:
        one.setblocking(False)
        result = attempt(one.sendmsg, [b"hel", b"lo"], [], socket.MSG_FASTOPEN, LOCAL)
        return result, one.getpeername() == listener.accept()[0].getsockname()


@call
def multipath():
    try:
        listener, one, two = (tcp(protocol=socket.IPPROTO_MPTCP) for _ in range(3))
    except OSError:
        return "none here"
    refused = attempt(two.connect, LOCAL)
    listener.bind(LOCAL)
    listener.listen()
    result = attempt(one.connect, LOCAL)
    one.send(b"x")
    return refused, result, listener.accept()[0].recv(3)


@call
def unix_sockets():
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as one:
        listener.bind("\0portrun-socket-calls-%d" % os.getpid())
        listener.listen()
        return attempt(one.connect, "/no/such/path/at/all"), attempt(one.connect, listener.getsockname())


@call
def abstract_sockets():
    name = "\0portrun-abstract-%d" % os.getpid()
    with socket.socket(socket.AF_UNIX) as one, socket.socket(socket.AF_UNIX) as two, socket.socket(socket.AF_UNIX) as three:
        refused = attempt(three.connect, name)
        return refused, attempt(one.bind, name), attempt(two.bind, name)


@call
def a_connected_socket_from_another_process():
    ours, theirs = socket.socketpair()
    with server() as listener:
        child = os.fork()
        if child == 0:
            made = tcp()
            made.connect(LOCAL)
            socket.send_fds(theirs, [b"x"], [made.fileno()])
            os._exit(0)
        with socket.socket(fileno=socket.recv_fds(ours, 1, 1)[1][0]) as received:
            os.waitpid(child, 0)
            received.send(b"hello")
            return listener.accept()[0].recv(9), attempt(received.connect, LOCAL)


@call
def a_socket_bound_by_another_process():
    ours, theirs = socket.socketpair()
    with tcp() as made, tcp() as one:
        child = os.fork()
        if child == 0:
            received = socket.socket(fileno=socket.recv_fds(theirs, 1, 1)[1][0])
            received.bind(LOCAL)
            received.listen()
            os._exit(0)
        socket.send_fds(ours, [b"x"], [made.fileno()])
        os.waitpid(child, 0)
        return attempt(one.connect, LOCAL)


@call
def many_threads():
    results = []

    def connect_often():
        for _ in range(20):
            with tcp() as one:
                results.append(attempt(one.connect, LOCAL))

    threads = [threading.Thread(target=connect_often) for _ in range(8)]
    with server(backlog=200) as listener:
        for thread in threads:
            thread.start()
        for _ in range(160):
            listener.accept()[0].close()
        for thread in threads:
            thread.join()
    return len(results), set(results)


@call
def datagrams_of_the_same_number():
    with socket.socket(type=socket.SOCK_DGRAM) as one, socket.socket(type=socket.SOCK_DGRAM) as two:
        one.bind(LOCAL)
        two.sendto(b"x", LOCAL)
        one.settimeout(2)
        return one.recv(3), one.getsockname()[1] == PORT


for function in CALLS:
    print(function.__name__, function(), flush=True)
