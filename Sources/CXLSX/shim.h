/* libxlsxwriter: writes spreadsheets (.xlsx). */
#include <xlsxwriter.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A file that is only in memory, for the library, which writes to paths; -1 where there is none. */
static inline int32_t cxlsx_memory_file(void) { return (int32_t)syscall(SYS_memfd_create, "sheet", 1U); }
