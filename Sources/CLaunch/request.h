#ifndef PORTRUN_REQUEST_H
#define PORTRUN_REQUEST_H

// What a process asks of the kernel, whatever machine code it is.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#ifdef __linux__
#include <linux/seccomp.h>

// sockaddr_in is the shortest that has a port; nobody needs more than a sockaddr_storage.
enum { portrun_shortest_address = 16, portrun_longest_address = 128 };

enum portrun_call_kind {
    portrun_call_bind,
    portrun_call_connect,
    portrun_call_sendto,
    portrun_call_sendmsg,
    portrun_call_sendmmsg,
    // One call for all of the above, on 32-bit machines: socketcall(2).
    portrun_call_socketcall,
    portrun_call_kill,
    portrun_call_sigqueueinfo,
    portrun_call_pidfd_send_signal,
};

enum { portrun_call_kind_count = portrun_call_pidfd_send_signal + 1 };

// The numbers of the calls on an architecture; -1 for one that it does not have.
struct portrun_numbers {
    uint32_t architecture;
    bool is_32_bit;
    int calls[portrun_call_kind_count];
};

// That of this machine, and the 32-bit one whose programs it runs.
enum { portrun_architecture_count = 2 };
extern const struct portrun_numbers portrun_architectures[portrun_architecture_count];

// By which socketcall(2) tells the calls before itself in the enumeration apart.
extern const int portrun_socketcall_numbers[portrun_call_socketcall];

struct portrun_request {
    enum portrun_call_kind kind;
    bool is_32_bit;
    // The thread that asks.
    pid_t thread;
    // Of kill and its kin, the process or the group.
    int descriptor;
    // An address (bind, connect, sendto), or a msghdr or an array of mmsghdr.
    uint64_t pointer;
    // The size of the address; how many messages there are.
    uint32_t length;
    int flags;
    // Of sendto.
    uint64_t data;
    uint64_t size;
};

// False for what cannot be read.
bool portrun_read_request(const struct seccomp_notif *notification, struct portrun_request *request);

// Reads `size` bytes of the memory of a thread. False when not all can be read.
bool portrun_read_memory(pid_t thread, uint64_t address, void *bytes, size_t size);
#endif

#endif
