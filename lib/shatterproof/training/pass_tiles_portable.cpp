#define SHATTERPROOF_PASS_NAME pass_tiles_portable
#include "shatterproof/training/pass_tiles.ipp"
