/* A slow resolver: getaddrinfo for names under slow.invalid takes two seconds and finds 127.0.0.7. Preloaded by the tests. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <netdb.h>
#include <string.h>
#include <time.h>

typedef int (*resolver)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result) {
    static const char slow[] = ".slow.invalid";
    resolver real = (resolver) dlsym(RTLD_NEXT, "getaddrinfo");
    size_t length = node == NULL ? 0 : strlen(node);
    if (length >= sizeof slow && strcmp(node + length - (sizeof slow - 1), slow) == 0) {
        struct timespec time = {2, 0};
        nanosleep(&time, NULL);
        node = "127.0.0.7";
    }
    return real(node, service, hints, result);
}
