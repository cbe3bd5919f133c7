/* libqrencode: two-dimensional codes (QR). */
#include <qrencode.h>
