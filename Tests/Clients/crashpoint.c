/* Kills the process at its nth change of a file, so that a test can crash a program at every such moment.
 *
 * Loaded with LD_PRELOAD. CRASH_AT=n dies with SIGKILL at the nth call that changes a file; a write that dies writes
 * half of its bytes first. CRASH_COUNT=FILE writes the number of such calls there when the process ends.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long calls;
static long crash_at;

__attribute__((constructor)) static void start(void) {
    const char *text = getenv("CRASH_AT");
    crash_at = text ? atol(text) : 0;
}

__attribute__((destructor)) static void report(void) {
    const char *path = getenv("CRASH_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", atomic_load(&calls));
        fclose(file);
    }
}

static int is_file(int descriptor) {
    struct stat status;
    return fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

/* Whether this is the call to die at. */
static int is_due(void) { return atomic_fetch_add(&calls, 1) + 1 == crash_at; }

static void die(void) {
    kill(getpid(), SIGKILL);
    pause();
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int descriptor, const void *bytes, size_t count) {
    if (is_file(descriptor) && is_due()) {
        REAL(write)(descriptor, bytes, count / 2);
        die();
    }
    return REAL(write)(descriptor, bytes, count);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    if (is_file(descriptor) && is_due()) {
        REAL(pwrite)(descriptor, bytes, count / 2, offset);
        die();
    }
    return REAL(pwrite)(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    if (is_file(descriptor) && is_due()) {
        REAL(pwrite64)(descriptor, bytes, count / 2, offset);
        die();
    }
    return REAL(pwrite64)(descriptor, bytes, count, offset);
}

int fsync(int descriptor) {
    if (is_due()) die();
    return REAL(fsync)(descriptor);
}

int fdatasync(int descriptor) {
    if (is_due()) die();
    return REAL(fdatasync)(descriptor);
}

int ftruncate64(int descriptor, off64_t length) {
    if (is_due()) die();
    return REAL(ftruncate64)(descriptor, length);
}

int rename(const char *old, const char *new) {
    if (is_due()) die();
    return REAL(rename)(old, new);
}

int unlink(const char *path) {
    if (is_due()) die();
    return REAL(unlink)(path);
}
