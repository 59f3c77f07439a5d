#ifndef PORTRUN_CALLER_H
#define PORTRUN_CALLER_H

// What a thread has that asks: its sockets, and who it is.

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "translation.h"

// Takes note of what is compared with callers. To be called once in a process that serves.
void portrun_know_self(void);

// Opens a pidfd of the process of `thread`; -1 with errno set.
int portrun_open_thread(pid_t thread);

// Opens a pidfd of a process; -1 with errno set.
int portrun_open_process(pid_t process);

// Takes a descriptor of another process: one of this process for the same open file, close-on-exec; -1 with errno set.
int portrun_take_descriptor(int pidfd, int number);

// Likewise, of the process of `thread`.
int portrun_take_from(pid_t thread, int number);

// Closes what is kept of the thread that was asked last.
void portrun_forget_thread(void);

// False for a socket that is neither TCP, MPTCP nor UDP.
bool portrun_read_transport(int socket, enum portrun_transport *transport);

// A socket of another network has another localhost: unshare(1), bubblewrap.
bool portrun_is_in_own_network(pid_t thread, int socket);

// What distinguishes sockets, whatever descriptors they have; 0 when it cannot be told.
uint64_t portrun_socket_cookie(int socket);

#endif
