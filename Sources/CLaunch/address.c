#ifdef __linux__
#include "address.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

// Less is EINVAL: the kernel's SIN6_LEN_RFC2133.
enum { shortest_ipv6 = 24 };

_Static_assert(
    offsetof(struct sockaddr_in, sin_port) == offsetof(struct sockaddr_in6, sin6_port), "one place for both");

static bool has_port(const struct portrun_address *address) {
    switch (address->bytes.ss_family) {
    case AF_INET: return address->length >= sizeof(struct sockaddr_in);
    case AF_INET6: return address->length >= shortest_ipv6;
    default: return false;
    }
}

uint16_t portrun_port(const struct portrun_address *address) {
    return has_port(address) ? ntohs(((const struct sockaddr_in *)&address->bytes)->sin_port) : 0;
}

void portrun_set_port(struct portrun_address *address, uint16_t port) {
    ((struct sockaddr_in *)&address->bytes)->sin_port = htons(port);
}

// The kernel's table of local addresses is asked, for a machine may have thousands and change them: rtnetlink(7).
//
// bind(2) would say it too, but is lied to where ip_nonlocal_bind is set; and a source address (connect, getsockname)
// is another than the target for a second address of one interface.
static bool is_of_interface(int family, const void *target, size_t size, uint32_t scope) {
    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (netlink < 0) return false;
    struct {
        struct nlmsghdr header;
        struct rtmsg route;
        char attributes[64];
    } question = {
        .header = {.nlmsg_type = RTM_GETROUTE, .nlmsg_flags = NLM_F_REQUEST},
        .route = {.rtm_family = (unsigned char)family, .rtm_dst_len = (unsigned char)(8 * size)},
    };
    struct rtattr *attribute = (struct rtattr *)question.attributes;
    attribute->rta_type = RTA_DST;
    attribute->rta_len = (unsigned short)RTA_LENGTH(size);
    memcpy(RTA_DATA(attribute), target, size);
    size_t length = RTA_ALIGN(attribute->rta_len);
    if (scope != 0) {
        attribute = (struct rtattr *)(question.attributes + length);
        attribute->rta_type = RTA_OIF;
        attribute->rta_len = RTA_LENGTH(sizeof scope);
        memcpy(RTA_DATA(attribute), &scope, sizeof scope);
        length += RTA_ALIGN(attribute->rta_len);
    }
    question.header.nlmsg_len = (uint32_t)(NLMSG_LENGTH(sizeof question.route) + length);
    struct {
        struct nlmsghdr header;
        struct rtmsg route;
        char attributes[1024];
    } answer;
    // The answer is there when the question has been sent.
    bool is_local = send(netlink, &question, question.header.nlmsg_len, 0) >= 0
        && recv(netlink, &answer, sizeof answer, MSG_DONTWAIT) >= (ssize_t)NLMSG_LENGTH(sizeof answer.route)
        && answer.header.nlmsg_type == RTM_NEWROUTE && answer.route.rtm_type == RTN_LOCAL;
    close(netlink);
    return is_local;
}

static bool is_local_ipv4(struct in_addr address) {
    uint32_t number = ntohl(address.s_addr);
    if (number == INADDR_ANY || number >> 24 == IN_LOOPBACKNET) return true;
    return is_of_interface(AF_INET, &address, sizeof address, 0);
}

bool portrun_is_local(const struct portrun_address *address) {
    if (address->bytes.ss_family == AF_INET) {
        return is_local_ipv4(((const struct sockaddr_in *)&address->bytes)->sin_addr);
    }
    const struct sockaddr_in6 *ipv6 = (const struct sockaddr_in6 *)&address->bytes;
    if (IN6_IS_ADDR_LOOPBACK(&ipv6->sin6_addr) || IN6_IS_ADDR_UNSPECIFIED(&ipv6->sin6_addr)) return true;
    if (IN6_IS_ADDR_V4MAPPED(&ipv6->sin6_addr)) {
        struct in_addr inner;
        memcpy(&inner, ipv6->sin6_addr.s6_addr + 12, sizeof inner);
        return is_local_ipv4(inner);
    }
    uint32_t scope = address->length >= sizeof *ipv6 ? ipv6->sin6_scope_id : 0;
    return is_of_interface(AF_INET6, &ipv6->sin6_addr, sizeof ipv6->sin6_addr, scope);
}
#endif
