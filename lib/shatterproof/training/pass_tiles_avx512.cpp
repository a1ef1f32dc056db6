#define SHATTERPROOF_PASS_NAME pass_tiles_avx512
#include "shatterproof/training/pass_tiles.ipp"
