"""A switch in user space that delays and loses frames, for kernels without netem.

Usage: wire.py DELAY_MS LOSS SEED PORT...

Takes what comes in at each port (an interface of this network namespace) and sends it out at the port behind which the
frame's destination is, DELAY_MS later, or not at all with the probability LOSS: as if each host had
`tc qdisc add dev eth0 root netem delay DELAY_MS loss LOSS`. An empty line on standard input is answered with how many
frames have been forwarded, lost on purpose, and dropped since this program was too slow. Ends with its standard input.
"""
import collections
import random
import select
import socket
import struct
import sys
import time

ETH_P_ALL = 3
SOL_PACKET = 263
PACKET_STATISTICS = 6
PACKET_VNET_HDR = 15
PACKET_IGNORE_OUTGOING = 23
SO_SNDBUFFORCE = 32
SO_RCVBUFFORCE = 33
BUFFER_LENGTH = 8 * 1024 * 1024
# Says in front of each frame what the sender's kernel left to the hardware, such as the checksum: it is passed on.
VNET_HEADER_LENGTH = 10
MAX_FRAME_LENGTH = 65536 + 64
BROADCAST_BIT = 1


def open_port(name):
    port = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
    port.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    port.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    port.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_LENGTH)
    port.setsockopt(socket.SOL_SOCKET, SO_SNDBUFFORCE, BUFFER_LENGTH)
    port.bind((name, 0))
    port.setblocking(False)
    return port


def main():
    delay_s = float(sys.argv[1]) / 1000
    loss = float(sys.argv[2])
    chance = random.Random(int(sys.argv[3]))
    ports = [open_port(name) for name in sys.argv[4:]]
    behind = {}
    under_way = collections.deque()
    forwarded = lost = too_slow = 0
    print("ready", flush=True)
    while True:
        wait_s = max(0.0, under_way[0][0] - time.monotonic()) if under_way else None
        readable, _, _ = select.select([sys.stdin] + ports, [], [], wait_s)
        now = time.monotonic()
        for port in readable:
            if port is sys.stdin:
                if not sys.stdin.readline():
                    return
                for each in ports:
                    # Reading it resets it.
                    too_slow += struct.unpack("II", each.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))[1]
                print(forwarded, lost, too_slow, flush=True)
                continue
            try:
                frame = port.recv(MAX_FRAME_LENGTH)
            except OSError:
                continue
            addresses = VNET_HEADER_LENGTH
            behind[frame[addresses + 6:addresses + 12]] = port
            if chance.random() < loss:
                lost += 1
            else:
                under_way.append((now + delay_s, port, frame))
        while under_way and under_way[0][0] <= now:
            _, source, frame = under_way.popleft()
            destination = frame[VNET_HEADER_LENGTH:VNET_HEADER_LENGTH + 6]
            known = None if destination[0] & BROADCAST_BIT else behind.get(destination)
            for port in ports if known is None else [known]:
                if port is not source:
                    try:
                        port.send(frame)
                    except OSError:
                        too_slow += 1
            forwarded += 1


main()
