// Symbol names: the v0 scheme (RFC 2603; rustc_symbol_mangling::v0). Paths, types and constants that occur again are written as
// back-references to where they stand first. Symbols of Rust's runtime (`#[rustc_std_internal_symbol]`, the panic handler) live in
// a made-up crate `__rustc`, whose name tools such as the kernel's objtool look for.
#include "mono/mono.h"
#include "traits/normalize.h"
#include "ty/codegen_attrs.h"
#include "ty/fold.h"
#include "llvm/Support/xxhash.h"

namespace ferric::mono {

using ty::Abi; using ty::Const; using ty::ConstKind; using ty::GenericArg; using ty::InstanceKind; using ty::Region; using ty::TyKind;
using Args = llvm::ArrayRef<GenericArg>;

// ---- integers and identifiers ----

static void pushInteger62(std::string &out, uint64_t x) {
  if (x > 0) {
    static const char kDigits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::string digits;
    for (--x; digits.empty() || x; x /= 62)
      digits += kDigits[x % 62];
    out.append(digits.rbegin(), digits.rend());
  }
  out += '_';
}

static void pushOptional62(std::string &out, const char *tag, uint64_t x) {
  if (x == 0)
    return;
  out += tag;
  pushInteger62(out, x - 1);
}

// RFC 3492 with `_` as the delimiter.
static std::string punycode(llvm::StringRef utf8) {
  std::vector<uint32_t> points;
  std::string out;
  for (size_t i = 0; i < utf8.size();) {
    uint8_t c = uint8_t(utf8[i]);
    unsigned n = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    uint32_t p = n == 1 ? c : c & (0xFFu >> (n + 1));
    for (unsigned k = 1; k < n && i + k < utf8.size(); ++k)
      p = p << 6 | (uint8_t(utf8[i + k]) & 0x3F);
    points.push_back(p);
    if (p < 0x80)
      out += char(p);
    i += n;
  }
  uint32_t basic = uint32_t(out.size()), handled = basic, n = 128, delta = 0, bias = 72;
  if (basic)
    out += '_';
  auto adapt = [&](uint32_t d, uint32_t count, bool first) {
    d = first ? d / 700 : d / 2;
    d += d / count;
    uint32_t k = 0;
    for (; d > 455; k += 36)
      d /= 35;
    return k + 36 * d / (d + 38);
  };
  while (handled < points.size()) {
    uint32_t m = ~0u;
    for (uint32_t p : points)
      if (p >= n)
        m = std::min(m, p);
    delta += (m - n) * (handled + 1);
    n = m;
    for (uint32_t p : points) {
      if (p < n)
        ++delta;
      if (p != n)
        continue;
      uint32_t q = delta;
      for (uint32_t k = 36;; k += 36) {
        uint32_t t = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
        uint32_t digit = q < t ? q : t + (q - t) % (36 - t);
        out += char(digit < 26 ? 'a' + digit : '0' + digit - 26);
        if (q < t)
          break;
        q = (q - t) / (36 - t);
      }
      bias = adapt(delta, handled + 1, handled == basic);
      delta = 0;
      ++handled;
    }
    ++delta;
    ++n;
  }
  return out;
}

static void pushIdent(std::string &out, llvm::StringRef ident) {
  std::string encoded;
  if (llvm::any_of(ident, [](char c) { return uint8_t(c) >= 0x80; })) {
    out += 'u';
    encoded = punycode(ident);
    ident = encoded;
  }
  out += std::to_string(ident.size());
  if (!ident.empty() && (ident[0] == '_' || llvm::isDigit(ident[0])))
    out += '_';
  out += ident;
}

// ---- paths, types, constants ----

namespace {
class Mangler {
public:
  Mangler(Ctx &tcx, std::string prefix) : out(std::move(prefix)), tcx_(tcx), start_(out.size()) {}
  std::string out;
  void path(DefId def, Args args);
  void type(Ty t);
  void konst(Const c);
  template <class F> void append(char ns, uint64_t disambiguator, llvm::StringRef name, F prefix) {
    out += 'N';
    out += ns;
    prefix();
    pushOptional62(out, "s", disambiguator);
    pushIdent(out, name);
  }

private:
  void pathUncached(DefId def, Args args);
  void simplePath(DefId def, Args parentArgs, bool qualified);
  void implPath(DefId impl, Args args);
  void crateName(CrateId crate);
  template <class F> void withArgs(Args args, F prefix);
  void region(Region r);
  void dynType(ty::ExistentialPredicates preds);
  void fnPtr(const ty::PolyFnSig &sig);
  void pattern(ty::PatternRef p);
  void adtConst(Ty t, ty::ValTree v);
  void fields(llvm::ArrayRef<Const> values) {
    for (Const c : values)
      konst(c);
    out += 'E';
  }
  bool backref(llvm::DenseMap<std::pair<const void *, uint64_t>, size_t> &map, std::pair<const void *, uint64_t> key) {
    auto it = map.find(key);
    if (it == map.end())
      return false;
    out += 'B';
    pushInteger62(out, it->second - start_);
    return true;
  }
  template <class F> void inBinder(ty::BoundVars vars, F f) {
    uint32_t lifetimes = uint32_t(llvm::count_if(vars, [](const ty::BoundVar &v) { return v.kind == ty::BoundVarKind::Region; }));
    pushOptional62(out, "G", lifetimes);
    uint32_t begin = binders_.empty() ? 0 : binders_.back().second;
    binders_.push_back({begin, begin + lifetimes});
    f();
    binders_.pop_back();
  }

  Ctx &tcx_;
  size_t start_;
  using Map = llvm::DenseMap<std::pair<const void *, uint64_t>, size_t>;
  Map paths_, types_, consts_;
  llvm::SmallVector<std::pair<uint32_t, uint32_t>, 4> binders_; // depths of the lifetimes of each
};
} // namespace

static bool hasEscaping(Args args) { return llvm::any_of(args, [](GenericArg a) { return a.outerBinder() > 0; }); }

void Mangler::path(DefId def, Args args) {
  std::pair<const void *, uint64_t> key(tcx_.mkArgs(args).p, def.raw);
  if (backref(paths_, key))
    return;
  size_t at = out.size();
  pathUncached(def, args);
  if (!hasEscaping(args))
    paths_[key] = at;
}

template <class F> void Mangler::withArgs(Args args, F prefix) {
  bool regions = llvm::any_of(args, [&](GenericArg a) { return a.isRegion() && a.region()->kind != ty::RegionKind::Erased; });
  llvm::SmallVector<GenericArg, 4> shown;
  for (GenericArg a : args)
    if (!a.isRegion() || regions)
      shown.push_back(a);
  if (shown.empty()) {
    prefix();
    return;
  }
  out += 'I';
  prefix();
  for (GenericArg a : shown) {
    if (a.isRegion()) {
      region(a.region());
    } else if (a.isTy()) {
      type(a.ty());
    } else {
      out += 'K';
      konst(a.konst());
    }
  }
  out += 'E';
}

void Mangler::crateName(CrateId crate) {
  const Crate &c = tcx_.crates[crate];
  out += 'C';
  pushOptional62(out, "s", crateDisambiguator(tcx_, crate));
  pushIdent(out, tcx_.sess.str(c.name));
}

// The item's own arguments, without Self of a trait and without trailing ones that equal their defaults.
static Args ownArgs(Ctx &tcx, const ty::Generics &g, Args args) {
  size_t begin = g.parentCount + (g.ownSelf ? 1 : 0), end = g.count();
  for (; end > begin; --end) {
    const ty::GenericParamDef &p = g.own[end - 1 - g.parentCount];
    if (!p.hasDefault)
      break;
    ty::GenericArgs all = tcx.mkArgs(args);
    bool same = false;
    if (p.kind == ty::GenericParamKind::Type)
      same = traits::instantiateAndNormalize(tcx, {}, tcx.typeOf(p.def), all) == args[end - 1].ty();
    else if (p.kind == ty::GenericParamKind::Const)
      same = traits::instantiateAndNormalize(tcx, {}, tcx.constParamDefault(p.def), all) == args[end - 1].konst();
    if (!same)
      break;
  }
  return args.slice(begin, end - begin);
}

static bool hasGenerics(DefKind k) {
  switch (k) {
  case DefKind::Mod: case DefKind::Macro: case DefKind::ExternCrate: case DefKind::Use: case DefKind::ForeignMod: case DefKind::GlobalAsm:
  case DefKind::Field: case DefKind::TyParam: case DefKind::LifetimeParam: case DefKind::ConstParam: return false;
  default: return true;
  }
}

void Mangler::pathUncached(DefId def, Args args) {
  if (def.index() == 0) {
    crateName(def.crate());
    return;
  }
  const Def &row = tcx_.def(def);
  if (row.kind == DefKind::Impl) {
    implPath(def, args);
    return;
  }
  Args parentArgs = args;
  bool qualified = false;
  if (!args.empty() && hasGenerics(row.kind)) {
    const ty::Generics &g = *tcx_.genericsOf(def);
    parentArgs = args.take_front(std::min<size_t>(g.parentCount, args.size()));
    bool plain = row.kind != DefKind::Closure && row.kind != DefKind::AnonConst && row.kind != DefKind::InlineConst;
    if (plain && !g.own.empty() && args.size() >= g.count()) {
      withArgs(ownArgs(tcx_, g, args), [&] { path(def, parentArgs); });
      return;
    }
    qualified =
        tcx_.defKind(row.parent) == DefKind::Trait && g.hasSelf && g.parent && parentArgs.size() == g.parent->count();
  }
  simplePath(def, parentArgs, qualified);
}

void Mangler::simplePath(DefId def, Args parentArgs, bool qualified) {
  const Def &row = tcx_.def(def);
  auto prefix = [&] {
    if (qualified) { // an item of a trait: <Self as Trait>
      out += 'Y';
      type(parentArgs[0].ty());
    }
    path(row.parent, parentArgs);
  };
  char ns;
  llvm::StringRef name = tcx_.sess.str(row.name);
  switch (row.kind) {
  case DefKind::ForeignMod: prefix(); return;
  case DefKind::Fn: case DefKind::Const: case DefKind::Static: case DefKind::AssocFn: case DefKind::AssocConst: case DefKind::ConstParam:
  case DefKind::Field: ns = 'v'; break;
  case DefKind::Closure: ns = 'C', name = ""; break;
  case DefKind::Ctor: ns = 'c', name = ""; break;
  case DefKind::AnonConst: case DefKind::InlineConst: ns = 'K', name = ""; break;
  case DefKind::OpaqueTy: ns = 'i', name = ""; break;
  case DefKind::GlobalAsm: ns = 'a', name = ""; break;
  default: ns = 't';
  }
  append(ns, row.disambiguator, name, prefix);
}

void Mangler::implPath(DefId impl, Args args) {
  const Def &row = tcx_.def(impl);
  const ty::Generics &g = *tcx_.genericsOf(impl);
  ty::TraitRef trait = tcx_.implTraitRef(impl);
  Ty self = tcx_.typeOf(impl);
  ty::ParamEnv env;
  if (g.count() > args.size()) { // inside an item of the impl, whose arguments do not concern us
    env = tcx_.paramEnv(impl);
  } else {
    ty::GenericArgs all = tcx_.mkArgs(args);
    self = ty::instantiate(tcx_, self, all);
    if (trait.trait.valid())
      trait = ty::instantiate(tcx_, trait, all);
  }
  self = traits::normalizeErasingRegions(tcx_, env, self);
  bool isTraitImpl = trait.trait.valid();
  if (isTraitImpl)
    trait.args = traits::normalizeErasingRegions(tcx_, env, trait.args);
  out += isTraitImpl ? 'X' : 'M';
  bool generic = llvm::any_of(args, [](GenericArg a) { return a.flags() & ty::kHasNonRegionParam; });
  bool shownArgs = isTraitImpl && !args.empty() && generic;
  if (shownArgs) {
    withArgs(args, [&] { append('I', row.disambiguator, "", [&] { path(row.parent, {}); }); });
  } else {
    pushOptional62(out, "s", row.disambiguator);
    path(row.parent, {});
  }
  type(self);
  if (isTraitImpl)
    path(trait.trait, trait.args.ref());
}

void Mangler::region(Region r) {
  uint64_t i = 0;
  if (r->kind == ty::RegionKind::Bound) {
    auto [begin, end] = binders_[binders_.size() - 1 - r->debruijn];
    i = 1 + binders_.back().second - 1 - (begin + r->index);
  }
  out += 'L';
  pushInteger62(out, i);
}

static const char *basicType(Ty t) {
  static const char *const kInts[] = {"a", "s", "l", "x", "n", "i"}, *const kUints[] = {"h", "t", "m", "y", "o", "j"},
                          *const kFloats[] = {"C3f16", "f", "d", "C4f128"};
  switch (t.kind()) {
  case TyKind::Bool: return "b";
  case TyKind::Char: return "c";
  case TyKind::Str: return "e";
  case TyKind::Int: return kInts[unsigned(t.intTy())];
  case TyKind::Uint: return kUints[unsigned(t.intTy())];
  case TyKind::Float: return kFloats[unsigned(t.floatTy())];
  case TyKind::Never: return "z";
  case TyKind::Param: return "p";
  default: return t.isUnit() ? "u" : nullptr;
  }
}

void Mangler::type(Ty t) {
  if (const char *basic = basicType(t)) {
    out += basic;
    return;
  }
  std::pair<const void *, uint64_t> key(t.p, 0);
  if (backref(types_, key))
    return;
  size_t at = out.size();
  bool isMut = (t.is(TyKind::Ref) || t.is(TyKind::RawPtr)) && t.mut() == ty::Mutability::Mut;
  switch (t.kind()) {
  case TyKind::Ref:
    out += isMut ? 'Q' : 'R';
    if (t.region()->kind != ty::RegionKind::Erased)
      region(t.region());
    type(t.inner());
    break;
  case TyKind::RawPtr:
    out += isMut ? 'O' : 'P';
    type(t.inner());
    break;
  case TyKind::Pat:
    out += 'W';
    type(t.inner());
    pattern(t.pattern());
    break;
  case TyKind::Array:
    out += 'A';
    type(t.inner());
    konst(t.len());
    break;
  case TyKind::Slice:
    out += 'S';
    type(t.inner());
    break;
  case TyKind::Tuple:
    out += 'T';
    for (Ty e : t.tuple())
      type(e);
    out += 'E';
    break;
  case TyKind::Adt: case TyKind::FnDef: case TyKind::Closure: case TyKind::Coroutine: case TyKind::CoroutineClosure: case TyKind::Alias:
    path(t.def(), t.args().ref());
    break;
  case TyKind::Foreign: path(t.def(), {}); break;
  case TyKind::FnPtr: fnPtr(t.fnPtrSig()); break;
  case TyKind::Dynamic:
    out += 'D';
    dynType(t.preds());
    region(t.region());
    break;
  case TyKind::UnsafeBinder: type(t.inner()); break;
  default: UNREACHABLE("mangling of a type with inference variables");
  }
  if (!t.hasEscapingBoundVars())
    types_[key] = at;
}

static llvm::StringRef abiName(const ty::FnHeader &h) {
  switch (h.abi) {
  case Abi::C: return h.abiUnwind ? "C_unwind" : "C";
  case Abi::System: return h.abiUnwind ? "system_unwind" : "system";
  case Abi::Sysv64: return h.abiUnwind ? "sysv64_unwind" : "sysv64";
  case Abi::Win64: return h.abiUnwind ? "win64_unwind" : "win64";
  case Abi::EfiApi: return "efiapi";
  case Abi::RustCall: return "rust_call";
  case Abi::RustCold: return "rust_cold";
  case Abi::RustIntrinsic: return "rust_intrinsic";
  case Abi::Unadjusted: return "unadjusted";
  case Abi::Custom: return "custom";
  case Abi::X86Interrupt: return "x86_interrupt";
  case Abi::Aapcs: return "aapcs";
  case Abi::Vectorcall: return "vectorcall";
  case Abi::Fastcall: return "fastcall";
  case Abi::Stdcall: return "stdcall";
  case Abi::Thiscall: return "thiscall";
  case Abi::Cdecl: return "cdecl";
  case Abi::Rust: break;
  }
  return "Rust";
}

void Mangler::fnPtr(const ty::PolyFnSig &sig) {
  out += 'F';
  inBinder(sig.vars, [&] {
    const ty::FnSig &s = sig.value;
    if (s.header.safety == ty::Safety::Unsafe)
      out += 'U';
    if (s.header.abi == Abi::C && !s.header.abiUnwind) {
      out += "KC";
    } else if (s.header.abi != Abi::Rust) {
      out += 'K';
      pushIdent(out, abiName(s.header));
    }
    for (Ty t : s.inputs())
      type(t);
    if (s.header.cVariadic)
      out += 'v';
    out += 'E';
    type(s.output());
  });
}

void Mangler::dynType(ty::ExistentialPredicates preds) {
  if (preds.empty()) {
    out += 'E';
    return;
  }
  inBinder(preds[0].vars, [&] {
    for (const ty::PolyExistentialPredicate &poly : preds) {
      const ty::ExistentialPredicate &p = poly.value;
      switch (p.kind) {
      case ty::ExistentialKind::Trait: { // Self does not show; any type will do
        llvm::SmallVector<GenericArg, 4> args{GenericArg(tcx_.common.unit)};
        args.append(p.args.begin(), p.args.end());
        path(p.def, args);
        break;
      }
      case ty::ExistentialKind::Projection: {
        out += 'p';
        pushIdent(out, tcx_.sess.str(tcx_.def(p.def).name));
        ty::Term term = ty::existentialTerm(p);
        if (term.isTy()) {
          type(term.ty());
        } else {
          out += 'K';
          konst(term.konst());
        }
        break;
      }
      case ty::ExistentialKind::AutoTrait: path(p.def, {}); break;
      }
    }
  });
  out += 'E';
}

void Mangler::pattern(ty::PatternRef p) {
  switch (p->kind) {
  case ty::PatternKind::Range:
    out += 'R';
    for (Const c : {p->lo, p->hi})
      if (c)
        konst(c);
    break;
  case ty::PatternKind::NotNull: out += 'u'; break;
  case ty::PatternKind::Or:
    out += 'O';
    for (ty::PatternRef a : p->alts)
      pattern(a);
    out += 'E';
    break;
  }
}

static std::string hex(unsigned __int128 v) {
  std::string s;
  for (; s.empty() || v; v >>= 4)
    s += "0123456789abcdef"[unsigned(v) & 15];
  return std::string(s.rbegin(), s.rend());
}

void Mangler::konst(Const c) {
  if (c.is(ConstKind::Param)) {
    out += 'p';
    return;
  }
  if (c.is(ConstKind::Unevaluated)) {
    path(c.def(), c.args().ref());
    return;
  }
  CHECK(c.is(ConstKind::Value), "mangling of a constant without a value");
  std::pair<const void *, uint64_t> key(c.p, 0);
  if (backref(consts_, key))
    return;
  size_t at = out.size();
  Ty t = c.valueTy();
  ty::ValTree v = c.value();
  switch (t.kind()) {
  case TyKind::Bool: case TyKind::Char: case TyKind::Int: case TyKind::Uint: {
    type(t);
    unsigned __int128 bits = (unsigned __int128)(v->leaf.hi) << 64 | v->leaf.lo;
    unsigned shift = 128 - v->leaf.size * 8;
    if (t.is(TyKind::Int) && __int128(bits << shift) < 0) {
      out += 'n';
      bits = -(unsigned __int128)(__int128(bits << shift) >> shift);
    }
    out += hex(bits) + "_";
    break;
  }
  case TyKind::Str:
    out += 'e';
    for (Const b : v->branches) {
      uint64_t byte = 0;
      b.tryBits(byte);
      out += "0123456789abcdef"[byte >> 4 & 15];
      out += "0123456789abcdef"[byte & 15];
    }
    out += '_';
    break;
  case TyKind::Ref:
    out += t.mut() == ty::Mutability::Mut ? 'Q' : 'R';
    konst(tcx_.mkValue(t.inner(), v));
    break;
  case TyKind::Array:
  case TyKind::Slice:
    out += 'A';
    fields(v->branches);
    break;
  case TyKind::Tuple:
    out += 'T';
    fields(v->branches);
    break;
  case TyKind::Adt: adtConst(t, v); break;
  default: UNREACHABLE("mangling of a constant of this type");
  }
  consts_[key] = at;
}

void Mangler::adtConst(Ty t, ty::ValTree v) {
  const ty::AdtDef *adt = t.adt();
  llvm::ArrayRef<Const> values = v->branches;
  uint64_t variant = 0;
  if (adt->isEnum() && !values.empty()) {
    values[0].tryBits(variant);
    values = values.drop_front();
  }
  const ty::VariantDef &def = adt->variants[variant];
  out += 'V';
  path(def.def, t.args().ref());
  if (def.hasCtor && def.ctorKind == CtorKind::Const) {
    out += 'U';
  } else if (def.hasCtor) {
    out += 'T';
    fields(values);
  } else {
    out += 'S';
    for (size_t i = 0; i < values.size(); ++i) {
      pushOptional62(out, "s", tcx_.def(def.fields[i].def).disambiguator);
      pushIdent(out, tcx_.sess.str(def.fields[i].name));
      konst(values[i]);
    }
    out += 'E';
  }
}

// ---- entry points ----

uint64_t crateDisambiguator(Ctx &tcx, CrateId crate) {
  const Crate &c = tcx.crates[crate];
  std::string key = tcx.sess.str(c.name).str() + '\0' + c.stableId;
  return llvm::xxh3_64bits(key);
}

std::string mangleV0(Ctx &tcx, const Instance &i) {
  Mangler m(tcx, "_R");
  ty::GenericArgs args = traits::normalizeErasingRegions(tcx, {}, i.args);
  const char *shim = nullptr;
  switch (i.kind) {
  case InstanceKind::ThreadLocalShim: shim = "tls"; break;
  case InstanceKind::VTableShim: shim = "vtable"; break;
  case InstanceKind::ReifyShim: shim = "reify"; break;
  default: break;
  }
  if (shim)
    m.append('S', 0, shim, [&] { m.path(i.def, args.ref()); });
  else
    m.path(i.def, args.ref());
  // Instances are made in every crate that needs them: the name says in which.
  if (llvm::any_of(args, [](GenericArg a) { return !a.isRegion(); }))
    m.path(DefId::crateRoot(kLocalCrate), {});
  return std::move(m.out);
}

std::string mangleInternal(Ctx &tcx, llvm::StringRef name) {
  if (name == "rust_eh_personality") // the name is LLVM's
    return name.str();
  Mangler m(tcx, "_R");
  m.append('v', 0, name, [&] {
    m.out += 'C';
    pushOptional62(m.out, "s", llvm::xxh3_64bits(llvm::StringRef("ferric internal symbols 1")));
    pushIdent(m.out, "__rustc");
  });
  return std::move(m.out);
}

std::string mangleType(Ctx &tcx, Ty t) {
  Mangler m(tcx, "");
  m.type(t);
  return std::move(m.out);
}

static llvm::StringRef provideSymbolName(Ctx &tcx, const Instance &i) {
  auto keep = [&](const std::string &s) { return llvm::StringRef(s).copy(tcx.arena); };
  const ty::CodegenAttrs *attrs = i.kind == InstanceKind::Item && i.def.valid() ? tcx.codegenAttrs(i.def) : nullptr;
  const Def &row = tcx.def(i.def);
  llvm::StringRef name = tcx.sess.str(row.name);
  bool foreign = row.parent.valid() && tcx.defKind(row.parent) == DefKind::ForeignMod;
  if (i.kind == InstanceKind::Item) {
    if ((attrs && attrs->isPanicHandler) || (foreign && name == "panic_impl" && tcx.crates.langItemName(i.def).valid()))
      return keep(mangleInternal(tcx, "rust_begin_unwind"));
    if (attrs && attrs->exportName.valid())
      return tcx.sess.str(attrs->exportName);
    if (attrs && attrs->linkName.valid())
      return attrs->stdInternalSymbol ? keep(mangleInternal(tcx, tcx.sess.str(attrs->linkName))) : tcx.sess.str(attrs->linkName);
    if (attrs && attrs->stdInternalSymbol)
      return keep(mangleInternal(tcx, name));
    if (foreign || (attrs && attrs->noMangle))
      return name;
  }
  return keep(mangleV0(tcx, i));
}

static ty::TypeIdHash provideTypeIdHash(Ctx &tcx, const Ty &t) {
  std::string s = mangleType(tcx, ty::eraseRegions(tcx, t));
  llvm::XXH128_hash_t h = llvm::xxh3_128bits(llvm::ArrayRef<uint8_t>(reinterpret_cast<const uint8_t *>(s.data()), s.size()));
  return {h.low64, h.high64};
}

void registerMonoProviders(Ctx &tcx) {
  tcx.queries.symbolName.provider = provideSymbolName;
  tcx.queries.typeIdHash.provider = provideTypeIdHash;
}

} // namespace ferric::mono
