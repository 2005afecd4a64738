# make            build/nodec, build/libnodec.so and .a
# make demo       trains models/spiral.node, leaves pictures and embeddable C in runs/
# make check      every test; the last line is "N passed, N failed"
# make asan       the C tests again, under the address and undefined-behaviour sanitizers
# make fuzz       files that are nearly right, for ten minutes (FUZZ_SECONDS=600), under the sanitizers
# make tsan       the library's threads, under the thread sanitizer
# make floors     who may include whom
# make bench      side by side with the peers that are installed
# make bless      rewrites generated/ and the golden texts; read the diff before you commit it
# make install    PREFIX=/usr/local DESTDIR=
#
# A source file is found by being there: compiler/*/*.c, runtime/*.c and tests/*.c are wildcards.
# V=1 shows the commands.

BUILD  ?= build
GEN     = build/gen
PREFIX ?= /usr/local

WARN     = -Wall -Wextra -Wshadow -Wpedantic -Werror
CFLAGS  ?= -O2 -g
CPPFLAGS = -D_GNU_SOURCE -Icompiler -Iruntime -I$(GEN)
HIDDEN   = -fvisibility=hidden
FLAGS    = -std=c11 $(CPPFLAGS) $(CFLAGS) $(WARN) -ffp-contract=off -fPIC $(HIDDEN) $(SANITIZE)
COMPILE  = $(CC) $(FLAGS) -MMD -MP
LIBS     = -ljansson -lz -ldl -lpthread -lm
SANITIZERS = -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc 2>/dev/null || echo 1)
endif
MAKEFLAGS += --no-print-directory
Q = $(if $(V),,@)
say = $(if $(V),,@printf '%6s %s\n' $(1))

# ---- what there is ------------------------------------------------------------------------

embedded = $(wildcard compiler/lang/*.node compiler/*/*.in compiler/*/*.in.c compiler/*/*.in.h) \
           runtime/abi.h runtime/philox.h           # generated code carries these two
texts    = $(foreach f,$(embedded),$(GEN)/$(firstword $(subst ., ,$(notdir $f)))_text.h)
parser   = $(if $(wildcard grammar/node.y),$(GEN)/node.tab.c)
lexer    = $(if $(wildcard grammar/node.l),$(GEN)/node.lex.c)
written  = $(filter-out %.in.c compiler/jit/%,$(wildcard compiler/*.c compiler/*/*.c runtime/*.c))

objects  = $(written:%.c=$(BUILD)/%.o) $(patsubst $(GEN)/%.c,$(BUILD)/gen-%.o,$(parser) $(lexer))
library  = $(filter-out $(BUILD)/compiler/nodec.o,$(objects))
command  = $(patsubst %.c,$(BUILD)/%.o,$(wildcard compiler/*.c))
facade   = $(filter $(BUILD)/compiler/library/%,$(objects))
tests    = $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/*.c))

# ---- the compiler -------------------------------------------------------------------------

.PHONY: .FORCE all jit tests deps demo check asan fuzz tsan floors bench bless install clean
.SUFFIXES:
.DELETE_ON_ERROR:

all: $(BUILD)/nodec $(BUILD)/libnodec.so $(BUILD)/libnodec.a $(BUILD)/include/nodec.h jit
	@:

# The folders are prerequisites so that a source file that goes away is noticed too.
$(BUILD)/nodec: $(objects) $(sort $(dir $(written)))
	$(call say,LINK $@)
	$(Q)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $(filter %.o,$^) $(LIBS)

# ---- the library --------------------------------------------------------------------------
# What nodec.h offers and, out of an archive of everything, what that needs. Nothing else is
# visible in either; the static one is a single object, in which no name can clash.

SONAME = libnodec.so.0

$(BUILD)/everything.a: $(filter-out $(command) $(facade),$(objects)) $(sort $(dir $(written)))
	$(Q)rm -f $@ && $(AR) crs $@ $(filter %.o,$^)

$(BUILD)/libnodec.so: $(facade) $(BUILD)/everything.a
	$(call say,LINK $@)
	$(Q)$(CC) -shared $(SANITIZE) $(LDFLAGS) -Wl,-soname,$(SONAME) $(if $(SANITIZE),,-Wl,-z,defs) -Wl,--as-needed \
	    -o $@ $(facade) $(BUILD)/everything.a $(LIBS)
	$(Q)ln -sf libnodec.so $(BUILD)/$(SONAME)

$(BUILD)/libnodec.a: $(facade) $(BUILD)/everything.a
	$(call say,AR $@)
	$(Q)$(LD) -r -o $(BUILD)/libnodec.o $(facade) $(BUILD)/everything.a
	$(Q)objcopy --localize-hidden $(BUILD)/libnodec.o
	$(Q)rm -f $@ && $(AR) crs $@ $(BUILD)/libnodec.o

# One file to include: the part of runtime/abi.h stands where it was named.
$(BUILD)/include/nodec.h: compiler/library/nodec.h runtime/abi.h
	$(call say,TEXT $@)
	@mkdir -p $(@D)
	$(Q)sed -e '/^#include "abi.h"$$/{' -e 'r runtime/abi.h' -e d -e '}' $< >$@

$(BUILD)/%.o: %.c $(BUILD)/flags | $(texts) $(parser) $(lexer)
	$(call say,CC $<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -c -o $@ $<

# Other flags make other objects.
$(BUILD)/flags: .FORCE
	@mkdir -p $(@D)
	@echo '$(FLAGS)' | cmp -s - $@ || echo '$(FLAGS)' >$@

# flex's and bison's own skeletons are not held to our warnings, the code we put into them is.
$(BUILD)/gen-%.o: $(GEN)/%.c $(BUILD)/flags | $(texts) $(parser) $(lexer)
	$(call say,CC $<)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -Wno-sign-compare -Wno-unused-function -Wno-unused-but-set-variable -c -o $@ $<

$(GEN)/node.tab.c $(GEN)/node.tab.h &: grammar/node.y
	$(call say,BISON $<)
	@mkdir -p $(GEN)
	$(Q)bison -Wall -Wcounterexamples -Werror -o $(GEN)/node.tab.c --header=$(GEN)/node.tab.h $<

$(GEN)/node.lex.c $(GEN)/node.lex.h &: grammar/node.l
	$(call say,FLEX $<)
	@mkdir -p $(GEN)
	$(Q)flex -o $(GEN)/node.lex.c --header-file=$(GEN)/node.lex.h $<

# Texts the compiler carries: prelude.node becomes  static const char prelude_text[], NUL at the
# end. A list of character constants has no length limit and no sign trouble, unlike a literal.
define embed
$(GEN)/$(firstword $(subst ., ,$(notdir $1)))_text.h: $1 Makefile
	$$(call say,TEXT $1)
	@mkdir -p $$(GEN)
	$$(Q){ echo 'static const char $(firstword $(subst ., ,$(notdir $1)))_text[] = {'; \
	       od -An -v -to1 $1 | sed "s/[0-7][0-7][0-7]/'\\\\&',/g"; echo '0};'; } > $$@
endef
$(foreach f,$(embedded),$(eval $(call embed,$f)))

# ---- LLVM, where it is installed ------------------------------------------------------------
# A plugin that is opened when it is used (runtime/jit.h); without one, a C compiler does its work.

# The newest that has its headers too (the program may come without them); LLVM_CONFIG=... is another.

llvm_of = case $$($$c --version 2>/dev/null) in 1[5-9].*) [ -f "$$($$c --includedir)/llvm-c/LLJIT.h" ] && echo $$c;; esac
ifndef LLVM_CONFIG
LLVM_CONFIG := $(firstword $(shell for c in $(addprefix llvm-config-,19 18 17 16 15) llvm-config; do $(llvm_of); done))
endif
llvm_found  := $(if $(LLVM_CONFIG),$(shell c="$(LLVM_CONFIG)"; $(llvm_of)))
plugin       = $(if $(llvm_found),$(BUILD)/libnodec-jit.so)

jit: $(plugin)
	$(if $(plugin),@:,@echo "  LLVM - no llvm-config of LLVM 15 to 19 with its headers: without the engine llvm")

$(BUILD)/libnodec-jit.so: $(wildcard compiler/jit/*) runtime/jit_plugin.h Makefile
	$(call say,LLVM $@)
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MF $(BUILD)/jit.d -fPIC -fvisibility=hidden -shared $(shell $(LLVM_CONFIG) --cflags) -o $@ \
	    $(wildcard compiler/jit/*.c) $(shell $(LLVM_CONFIG) --ldflags --libs) -lpthread -Wl,-z,nodelete

# ---- tests --------------------------------------------------------------------------------

$(tests): private HIDDEN =

tests: $(if $(tests),$(BUILD)/test/check) jit
	@:

$(BUILD)/test/check: $(tests) $(library) $(sort $(dir $(written)) tests/)
	$(call say,LINK $@)
	@mkdir -p $(@D)
	$(Q)$(CC) $(SANITIZE) $(LDFLAGS) -o $@ $(filter %.o,$^) -lcriterion $(LIBS)

check:
	@.ci/deps check
	@$(MAKE) all tests
	@$(MAKE) BUILD=build/asan CFLAGS='-O1 -g' SANITIZE='$(SANITIZERS)' all tests
	@.ci/check build build/asan

asan:
	@.ci/deps check
	@$(MAKE) BUILD=build/asan CFLAGS='-O1 -g' SANITIZE='$(SANITIZERS)' all tests
	@.ci/check build/asan

fuzz:
	@.ci/deps check
	@$(MAKE) BUILD=build/asan CFLAGS='-O1 -g' SANITIZE='$(SANITIZERS)' all tests
	@FUZZ_SECONDS=$${FUZZ_SECONDS:-600} build/asan/test/check --filter 'fuzz/*'

tsan:
	@$(MAKE) BUILD=build/tsan CFLAGS='-O1 -g' SANITIZE=-fsanitize=thread build/tsan/libnodec.so build/tsan/include/nodec.h
	$(Q)$(CC) -g -fsanitize=thread -Ibuild/tsan/include -o build/tsan/threads tests/lib/threads.c build/tsan/libnodec.so -lpthread
	@NODEC_CACHE=$(abspath build/tsan/cache) LD_LIBRARY_PATH=build/tsan build/tsan/threads

floors:
	@tests/floors.sh

bless: all tests
	@rm -f generated/*
	@BLESS=1 NODEC=$(abspath $(BUILD))/nodec tests/generated.sh
	@if [ -x $(BUILD)/test/check ]; then BLESS=1 $(BUILD)/test/check >/dev/null 2>&1 || true; fi
	@git status --short generated tests/golden

# ---- to look at ---------------------------------------------------------------------------

demo:
	@.ci/deps demo
	@$(MAKE) all
	@mkdir -p runs
	$(BUILD)/nodec run models/spiral.node comp --out runs/comp
	$(BUILD)/nodec models/spiral.node -o runs/spiral.c
	@echo
	@echo "The pictures are in runs/comp:"
	@ls -1 runs/comp/*.png runs/comp/*.svg 2>/dev/null | tail -n 4 | sed 's/^/    /'
	@echo "The weights are runs/comp/weights.safetensors, the C to embed is runs/spiral.c and runs/spiral.h."

bench:
	@.ci/deps bench
	@$(MAKE) all
	@python3 bench/run.py

install: all
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin include lib/pkgconfig share/nodec/models)
	install -m 755 $(BUILD)/nodec $(DESTDIR)$(PREFIX)/bin/nodec
	$(if $(plugin),install -d $(DESTDIR)$(PREFIX)/lib/nodec)
	$(if $(plugin),install -m 755 $(plugin) $(DESTDIR)$(PREFIX)/lib/nodec/libnodec-jit.so)
	install -m 644 $(BUILD)/include/nodec.h $(DESTDIR)$(PREFIX)/include/nodec.h
	install -m 755 $(BUILD)/libnodec.so $(DESTDIR)$(PREFIX)/lib/$(SONAME)
	ln -sf $(SONAME) $(DESTDIR)$(PREFIX)/lib/libnodec.so
	install -m 644 $(BUILD)/libnodec.a $(DESTDIR)$(PREFIX)/lib/libnodec.a
	sed -e 's|@PREFIX@|$(PREFIX)|' -e "s|@VERSION@|$$($(BUILD)/nodec --version | cut -d' ' -f2)|" \
	    compiler/library/nodec.pc >$(DESTDIR)$(PREFIX)/lib/pkgconfig/nodec.pc
	install -m 644 $(wildcard models/*) $(DESTDIR)$(PREFIX)/share/nodec/models

clean:
	rm -rf build

-include $(objects:.o=.d) $(tests:.o=.d)
