/* plugin.h: what the two files of the plugin share. */
#ifndef ND_PLUGIN_H
#define ND_PLUGIN_H

#include "jit_plugin.h"

void  jit_targets(int all);         /* this machine's, or all that LLVM has           */
void *jit_objects_load(const unsigned char *const *object, const size_t *bytes, size_t count, char *error, size_t room);
void *jit_objects_find(void *loaded, const char *symbol);
void  jit_objects_unload(void *loaded);

#endif
