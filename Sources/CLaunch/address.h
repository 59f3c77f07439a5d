#ifndef PORTRUN_ADDRESS_H
#define PORTRUN_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

// An address as a process gives it, which need not be a whole one.
struct portrun_address {
    struct sockaddr_storage bytes;
    socklen_t length;
};

// The port of an address of IPv4 or IPv6; 0 for another, and for one that is too short.
uint16_t portrun_port(const struct portrun_address *address);

void portrun_set_port(struct portrun_address *address, uint16_t port);

// True for an address that leads to this machine: a loopback one, «any», and those of its interfaces.
bool portrun_is_local(const struct portrun_address *address);

#endif
