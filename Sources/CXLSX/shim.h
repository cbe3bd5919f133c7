/* libxlsxwriter: writes spreadsheets (.xlsx). */
#include <xlsxwriter.h>
