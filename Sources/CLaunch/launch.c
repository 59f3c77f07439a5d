// clone(2)
#define _GNU_SOURCE

#include "launch.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __linux__
#include <poll.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#endif

// What the child of a clone calls. It may share the memory of its parent, and with it errno, so on Linux these make the
// system call themselves. Each returns what the call does, or an errno value with its sign turned.
#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))
#define SHARES_MEMORY 1

static long call(long number, long first, long second, long third) {
#ifdef __x86_64__
    long result = number;
    __asm__ volatile("syscall" : "+a"(result) : "D"(first), "S"(second), "d"(third) : "rcx", "r11", "memory");
    return result;
#else
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = first;
    register long x1 __asm__("x1") = second;
    register long x2 __asm__("x2") = third;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
#endif
}

static int copy_descriptor(int from, int least) { return (int)call(SYS_fcntl, from, F_DUPFD_CLOEXEC, least); }
static int place_descriptor(int from, int at, bool closing) {
    return (int)call(SYS_dup3, from, at, closing ? O_CLOEXEC : 0);
}
static int execute_file(char *path, char **arguments, char **environment) {
    return (int)call(SYS_execve, (long)path, (long)arguments, (long)environment);
}
static long read_from(int descriptor, void *bytes, size_t size) {
    return call(SYS_read, descriptor, (long)bytes, (long)size);
}
static long write_to(int descriptor, const void *bytes, size_t size) {
    return call(SYS_write, descriptor, (long)bytes, (long)size);
}
#else
static long or_errno(long result) { return result < 0 ? -errno : result; }

static int copy_descriptor(int from, int least) { return (int)or_errno(fcntl(from, F_DUPFD_CLOEXEC, least)); }
static int place_descriptor(int from, int at, bool closing) {
    int placed = (int)or_errno(dup2(from, at));
    if (placed >= 0 && closing) fcntl(placed, F_SETFD, FD_CLOEXEC);
    return placed;
}
static int execute_file(char *path, char **arguments, char **environment) {
    return (int)or_errno(execve(path, arguments, environment));
}
static long read_from(int descriptor, void *bytes, size_t size) { return or_errno(read(descriptor, bytes, size)); }
static long write_to(int descriptor, const void *bytes, size_t size) {
    return or_errno(write(descriptor, bytes, size));
}
#endif

// Dispositions come first: a signal that was held back must not meet a disposition of portrun's.
static void restore_signals(const struct portrun_image *image) {
    for (int number = 1; number < portrun_signal_limit; number++) {
        if (sigismember(&image->changed, number) != 1) continue;
        signal(number, sigismember(&image->ignored, number) == 1 ? SIG_IGN : SIG_DFL);
    }
    // Unblocking rather than setting the mask: glibc would drop its two internal signals from a whole mask.
    sigprocmask(SIG_UNBLOCK, &image->blocked, NULL);
}

// What stood where the sockets go, to be put back when nothing could be executed; below 0 for nothing.
struct displaced {
    int copies[portrun_socket_limit];
};

static void put_back(const struct displaced *displaced, int count) {
    for (int index = 0; index < count; index++) {
        int number = portrun_first_socket + index;
        if (displaced->copies[index] < 0) {
            close(number);
            continue;
        }
        // All that can stand here is portrun's own, since `--listen` refuses descriptors that the command would inherit.
        place_descriptor(displaced->copies[index], number, true);
        close(displaced->copies[index]);
    }
}

// A socket may itself stand where another one goes, so all are first copied behind the last place.
static int place_sockets(const struct portrun_image *image, struct displaced *displaced) {
    int count = image->socket_count, end = portrun_first_socket + count;
    int copies[portrun_socket_limit];
    for (int index = 0; index < count; index++) {
        copies[index] = copy_descriptor(image->sockets[index], end);
        if (copies[index] < 0) return -copies[index];
    }
    for (int index = 0; index < count; index++) {
        displaced->copies[index] = copy_descriptor(portrun_first_socket + index, end);
        if (displaced->copies[index] < 0 && displaced->copies[index] != -EBADF) return -displaced->copies[index];
    }
    for (int index = 0; index < count; index++) {
        int placed = place_descriptor(copies[index], portrun_first_socket + index, false);
        if (placed < 0) return -placed;
    }
    return 0;
}

// The order of attempts and the errors that end it are those of execvp(3).
static int execute(const struct portrun_image *image) {
    restore_signals(image);
    bool denied = false;
    int failure = ENOENT;
    for (char **candidate = image->candidates; *candidate != NULL; candidate++) {
        failure = -execute_file(*candidate, image->arguments, image->environment);
        if (failure == ENOEXEC) {
            image->script_arguments[1] = *candidate;
            failure = -execute_file(image->script_arguments[0], image->script_arguments, image->environment);
        }
        switch (failure) {
        case EACCES:
            denied = true;
            break;
        case ENOENT:
        case ENOTDIR:
        case ENODEV:
        case ESTALE:
        case ETIMEDOUT:
            break;
        default:
            return failure;
        }
    }
    return denied ? EACCES : failure;
}

int portrun_exec(const struct portrun_image *image) {
    if (image->socket_count == 0) return execute(image);
    struct displaced displaced;
    int failure = place_sockets(image, &displaced);
    if (failure != 0) return failure;
    failure = execute(image);
    put_back(&displaced, image->socket_count);
    return failure;
}

static void write_decimal(char *place, long number) {
    char digits[20];
    int count = 0;
    do {
        digits[count++] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    while (count > 0) *place++ = digits[--count];
    *place = '\0';
}

// The gate as the child sees it. There is one, since there is one child at a time.
static struct {
    struct portrun_image *image;
    // The parent's end of the channel, and the child's own.
    int ends[2];
    // Whether the child runs in the memory of its parent, and so sees `is_open` change.
    bool is_shared;
    // True once the gate is open. A child that is still looking need not be woken, which takes longer than its wait.
    atomic_bool is_open;
} gate;

// How often a child looks before it sleeps: in about the time that recording a lease takes.
enum { patience = 1000 };

// False when the parent is gone or has given up.
static bool pass_gate(int channel) {
    for (int turn = 0; gate.is_shared && turn < patience; turn++) {
        if (atomic_load(&gate.is_open)) return true;
        sched_yield();
    }
    char opened;
    long got;
    do {
        got = read_from(channel, &opened, 1);
    } while (got == -EINTR);
    return got == 1;
}

static int run_child(void *unused) {
    (void)unused;
    struct portrun_image *image = gate.image;
    int channel = gate.ends[1];
    // Else the death of the parent would not close it.
    close(gate.ends[0]);
    if (!pass_gate(channel)) _exit(125);
    if (image->listen_pid != NULL) write_decimal(image->listen_pid, getpid());
    int failure = portrun_exec(image);
    // The write can only fail when the parent is gone, and then nobody is left to tell.
    _exit(write_to(channel, &failure, sizeof failure) < 0 ? 125 : 126);
}

// A child in the memory of its parent costs no copy of the page tables, and none of each page that either writes to
// afterwards. It has a stack of its own, calls nothing that allocates or locks, and leaves that memory when it executes.
static pid_t start_child(void) {
#ifdef SHARES_MEMORY
    static _Alignas(16) char stack[16 * 1024];
    // Valgrind, which knows no such children, is recognized by hiding the vDSO from the program.
    if (getauxval(AT_SYSINFO_EHDR) != 0) {
        gate.is_shared = true;
        pid_t pid = clone(run_child, stack + sizeof stack, CLONE_VM | SIGCHLD, NULL);
        // Some sandboxes refuse it.
        if (pid > 0 || (errno != EINVAL && errno != ENOSYS && errno != EPERM)) return pid;
    }
#endif
    gate.is_shared = false;
    pid_t pid = fork();
    if (pid == 0) run_child(NULL);
    return pid;
}

pid_t portrun_fork(struct portrun_image *image, int *channel) {
    gate.image = image;
    atomic_store(&gate.is_open, false);
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, gate.ends) != 0) return -1;
    // SOCK_CLOEXEC is missing on Darwin; no other thread can fork in between.
    fcntl(gate.ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(gate.ends[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = start_child();
    int failure = errno;
    close(gate.ends[1]);
    if (pid < 0) close(gate.ends[0]);
    *channel = pid < 0 ? -1 : gate.ends[0];
    errno = failure;
    return pid;
}

void portrun_open_gate(int channel) {
    atomic_store(&gate.is_open, true);
    char opened = 1;
    // Fails only when the child is gone, which waiting for it will tell; SIGPIPE is blocked.
    while (write(channel, &opened, 1) < 0 && errno == EINTR) continue;
}

void portrun_suppress_core(void) {
#ifdef __linux__
    // The limit does not hold for a core that is piped into a program: core(5).
    prctl(PR_SET_DUMPABLE, 0);
#endif
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit) != 0) return;
    limit.rlim_cur = 0;
    setrlimit(RLIMIT_CORE, &limit);
}
