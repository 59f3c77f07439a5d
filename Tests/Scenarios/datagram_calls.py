"""Datagrams to a port, and what they come to, one a line: `datagram_calls.py PORT`.

Run with a port of its own, and with one that is translated, it has to print the same.
"""

import ctypes
import errno
import socket
import struct
import sys

from messages import Header, Piece

PORT = int(sys.argv[1])
LOCAL = ("127.0.0.1", PORT)
# linux/in.h
IP_RECVTTL = 12


def udp(family=socket.AF_INET):
    made = socket.socket(family, socket.SOCK_DGRAM)
    made.settimeout(5)
    return made


server = udp()
server.bind(LOCAL)

print("sendto", udp().sendto(b"one", LOCAL), server.recv(9))
print("sendmsg", udp().sendmsg([b"tw", b"o"], [], 0, LOCAL), server.recv(9))
print("many pieces", udp().sendmsg([b"x"] * 100, [], 0, LOCAL), server.recv(999))
print("nothing", udp().sendto(b"", LOCAL), server.recv(9))
print("the longest", udp().sendto(b"y" * 65507, LOCAL), len(server.recv(70000)))
try:
    udp().sendto(b"z" * 65508, LOCAL)
except OSError as error:
    print("too long", errno.errorcode[error.errno])

time_to_live = (socket.IPPROTO_IP, socket.IP_TTL, struct.pack("i", 9))
server.setsockopt(socket.IPPROTO_IP, IP_RECVTTL, 1)
print("control", udp().sendmsg([b"ttl"], [time_to_live], 0, LOCAL), server.recvmsg(9, 99)[:2])

client = udp()
client.connect(LOCAL)
client.send(b"three")
data, address = server.recvfrom(9)
server.sendto(b"back", address)
print("connected", data, client.recv(9))

six = udp(socket.AF_INET6)
six.bind(("::1", PORT))
print("IPv6", udp(socket.AF_INET6).sendto(b"six", ("::1", PORT)), six.recv(9))

ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
socket.send_fds(ours, [b"descriptor"], [0])
print("unix", theirs.recvmsg(99, 99)[0])


# More than are sent at once.
count = 100
target = struct.pack("=HH4s8x", socket.AF_INET, socket.htons(PORT), bytes([127, 0, 0, 1]))
texts = [b"%03d" % index for index in range(count)]
messages = (Header * count)(
    *(Header(target, 16, ctypes.pointer(Piece(text, 3)), 1, None, 0, 0, 0, 0, 0) for text in texts))
libc = ctypes.CDLL(None, use_errno=True)
client = udp()
done = 0
while done < count:
    place = ctypes.byref(messages, done * ctypes.sizeof(Header))
    sent = libc.sendmmsg(client.fileno(), place, count - done, 0)
    if sent <= 0:
        break
    done += sent
print("sendmmsg", done, {message.sent for message in messages}, [server.recv(9) for _ in texts] == texts)
print("untouched", target == struct.pack("=HH4s8x", socket.AF_INET, socket.htons(PORT), bytes([127, 0, 0, 1])))

# The kernel takes an address without a family for one of IPv4, on a socket of that.
unspecified = struct.pack("=HH4s8x", socket.AF_UNSPEC, socket.htons(PORT), bytes([127, 0, 0, 1]))
print("no family", libc.sendto(client.fileno(), b"four", 4, 0, unspecified, 16), server.recv(9))
with udp(socket.AF_INET6) as lone:
    print("no family, IPv6", libc.sendto(lone.fileno(), b"four", 4, 0, unspecified, 16), errno.errorcode[ctypes.get_errno()])


def send(name, piece_count=1):
    pieces = (Piece * piece_count)(*[Piece(b"five", 4)] * piece_count)
    header = Header(name, len(name), pieces, piece_count, None, 0, 0, 0, 0, 0)
    ctypes.set_errno(0)
    sent = libc.sendmsg(client.fileno(), ctypes.byref(header), 0)
    return sent, errno.errorcode.get(ctypes.get_errno())


print("a long address", send(target + bytes(200)), server.recv(9))
print("no family, by sendmsg", send(unspecified), server.recv(9))
print("too many pieces", send(target, 2000))
