// The binary interface of the bridge, whose types are all `repr(C)`: Buffer (library/proc_macro/src/bridge/buffer.rs), Closure
// (closure.rs), BridgeConfig (mod.rs), Client and ProcMacro (client.rs). A buffer brings its own functions to grow and free it, so that
// each side uses its own allocator. dylib.cpp has checked the table of macros in the file; here it is compared with the one in memory.
#include "proc_macro/client.h"
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>

namespace ferric::proc_macro {

namespace {

struct Buffer {
  uint8_t *data;
  size_t len, capacity;
  Buffer (*reserve)(Buffer, size_t);
  void (*drop)(Buffer);
};

struct Closure {
  Buffer (*call)(void *env, Buffer arg);
  void *env;
};

struct BridgeConfig {
  Buffer input;
  Closure dispatch;
  bool forceShowPanics;
};

struct Text {
  const char *data;
  size_t len;
  llvm::StringRef str() const { return {data, len}; }
};

struct ClientEntry {
  const void *handleCounters;
  Buffer (*run)(BridgeConfig);
};

struct Table {
  const void *entries;
  size_t count;
};

// ---- buffers of this side ----

Buffer reserveBuffer(Buffer b, size_t additional);
void dropBuffer(Buffer b) { std::free(b.data); }

Buffer makeBuffer(llvm::StringRef bytes) {
  Buffer b{nullptr, bytes.size(), std::max<size_t>(bytes.size(), 64), reserveBuffer, dropBuffer};
  b.data = static_cast<uint8_t *>(std::malloc(b.capacity));
  if (!b.data)
    std::abort();
  std::memcpy(b.data, bytes.data(), bytes.size());
  return b;
}

Buffer reserveBuffer(Buffer b, size_t additional) {
  b.capacity = std::max(b.capacity * 2, b.len + additional);
  b.data = static_cast<uint8_t *>(std::realloc(b.data, b.capacity));
  if (!b.data)
    std::abort();
  return b;
}

// The reply goes into the buffer that the request came in.
Buffer dispatch(void *server, Buffer request) {
  std::string reply = static_cast<Server *>(server)->dispatch({reinterpret_cast<const char *>(request.data), request.len});
  request.len = 0;
  if (request.capacity < reply.size())
    request = request.reserve(request, reply.size());
  std::memcpy(request.data, reply.data(), reply.size());
  request.len = reply.size();
  return request;
}

} // namespace

struct Client::Entry {
  uint32_t tag;
  union {
    struct {
      Text traitName;
      const Text *attributes;
      size_t attributeCount;
      ClientEntry client;
    } derive;
    struct {
      Text name;
      ClientEntry client;
    } other;
  };
  Kind kind() const { return Kind(tag); }
  llvm::StringRef name() const { return kind() == Kind::Derive ? derive.traitName.str() : other.name.str(); }
  const ClientEntry &client() const { return kind() == Kind::Derive ? derive.client : other.client; }
};

std::string Client::load(const Dylib &dylib) {
  static_assert(sizeof(Entry) == 56 && sizeof(Buffer) == 40 && sizeof(BridgeConfig) == 64);
  // A name without a folder would be looked for among the system's libraries.
  std::string path = llvm::StringRef(dylib.path).contains('/') ? dylib.path : "./" + dylib.path;
  void *handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    return dlerror();
  const Table *table = static_cast<const Table *>(dlsym(handle, dylib.symbol.c_str()));
  if (!table || table->count != dylib.macros.size())
    return "the table of its macros is not what the file says";
  entries_ = static_cast<const Entry *>(table->entries);
  for (size_t i = 0; i < table->count; ++i)
    if (entries_[i].kind() != dylib.macros[i].kind || entries_[i].name() != dylib.macros[i].name)
      return "the table of its macros is not what the file says";
  return "";
}

std::string Client::run(const Call &call, Server &server, llvm::StringRef input) {
  BridgeConfig config{makeBuffer(input), {dispatch, &server}, call.showPanics};
  Buffer result = entries_[call.macro].client().run(config);
  std::string bytes(reinterpret_cast<const char *>(result.data), result.len);
  result.drop(result);
  return bytes;
}

} // namespace ferric::proc_macro
