// Types: the walk over hir::Ty, lifetimes and binders, constants in types, function pointers, opaque and pattern
// types (rustc_hir_analysis::hir_ty_lowering; Reference: types). Paths are in ty_path.cpp, generic arguments in
// generic_args.cpp, bounds in bounds.cpp, trait objects in trait_object.cpp.
#include "collect/collect.h"
#include "collect/util.h"
#include "lex/unescape.h"
#include "ty/fold.h"
#include "ty/print.h"

namespace ferric::collect {

TyLowerer::~TyLowerer() = default;

const ty::AdtDef *TyLowerer::probeAdt(Ty ty, Span) { return ty.is(ty::TyKind::Adt) ? ty.adt() : nullptr; }

// ---- binders and lifetimes ----

TyLowerer::BinderScope::BinderScope(TyLowerer &l, ArrayRef<DefId> params, bool concat) : l_(l), concat_(concat && !l.binders_.empty()) {
  if (concat_)
    old_ = l.binders_.back().size();
  else
    l.binders_.emplace_back();
  l.binders_.back().append(params.begin(), params.end());
}
static SmallVector<DefId, 4> defsOf(ArrayRef<hir::GenericParam> params) {
  SmallVector<DefId, 4> out;
  for (const hir::GenericParam &p : params)
    out.push_back(p.def);
  return out;
}
TyLowerer::BinderScope::BinderScope(TyLowerer &l, ArrayRef<hir::GenericParam> params, bool concat) : BinderScope(l, defsOf(params), concat) {}
TyLowerer::BinderScope::~BinderScope() {
  if (concat_)
    l_.binders_.back().truncate(old_);
  else
    l_.binders_.pop_back();
}
BoundVars TyLowerer::BinderScope::vars() const { return l_.currentVars(); }

BoundVars TyLowerer::currentVars() const {
  if (binders_.empty() || binders_.back().empty())
    return {};
  SmallVector<ty::BoundVar, 4> vars;
  for (DefId d : binders_.back())
    vars.push_back({ty::BoundVarKind::Region, d, tcx.crates.name(d)});
  return tcx.mkBoundVars(vars);
}

Region TyLowerer::regionOfParam(DefId param) {
  for (size_t i = binders_.size(); i-- > 0;)
    for (size_t v = 0; v < binders_[i].size(); ++v)
      if (binders_[i][v] == param)
        return tcx.mkBoundRegion(uint32_t(binders_.size() - 1 - i), uint32_t(v));
  for (const ty::Generics *g = tcx.genericsOf(item_); g; g = g->parent)
    for (const ty::GenericParamDef &p : g->own)
      if (p.def == param)
        return tcx.mkEarlyParam(p.index, param, p.name);
  ty::RegionData r{};
  r.kind = ty::RegionKind::LateParam;
  r.def = param;
  r.name = tcx.crates.name(param);
  return tcx.mkRegion(r);
}

Region TyLowerer::lowerLifetime(const hir::Lifetime &lt) {
  switch (lt.kind) {
  case hir::LifetimeKind::Param: return regionOfParam(lt.def);
  case hir::LifetimeKind::Static: return tcx.common.static_;
  case hir::LifetimeKind::Infer: return reInfer(lt.ident.span, false);
  case hir::LifetimeKind::ImplicitObjectDefault: return reInfer(lt.ident.span, true);
  case hir::LifetimeKind::Error: return tcx.common.error_re;
  }
  UNREACHABLE("lifetime kind");
}

// ---- types ----

Ty TyLowerer::lowerTy(const hir::Ty *t) {
  if (depth_ > 10000)
    return errorTy();
  ++depth_;
  Region objectDefault = objectDefault_;
  if (t->kind != hir::TyKind::TraitObject)
    objectDefault_ = Region();
  Ty ty = lowerTyUncached(t);
  objectDefault_ = objectDefault;
  --depth_;
  recordTy(t->id, ty, t->span);
  return ty;
}

Ty TyLowerer::lowerTyUncached(const hir::Ty *t) {
  switch (t->kind) {
  case hir::TyKind::Err: return errorTy();
  case hir::TyKind::Slice: return tcx.mkSlice(lowerTy(llvm::cast<hir::SliceTy>(t)->elem));
  case hir::TyKind::Array: {
    const hir::ArrayTy *a = llvm::cast<hir::ArrayTy>(t);
    Ty elem = lowerTy(a->elem);
    return tcx.mkArray(elem, lowerConstArg(a->len, tcx.common.usize));
  }
  case hir::TyKind::Ptr: return tcx.mkPtr(lowerTy(llvm::cast<hir::PtrTy>(t)->pointee), llvm::cast<hir::PtrTy>(t)->mut);
  case hir::TyKind::Ref: {
    const hir::RefTy *r = llvm::cast<hir::RefTy>(t);
    Region region = lowerLifetime(r->lifetime);
    objectDefault_ = region;
    Ty inner = lowerTy(r->referent);
    return region->kind == ty::RegionKind::Error ? errorTy() : tcx.mkRef(region, inner, r->mut); // an error that silences what follows
  }
  case hir::TyKind::FnPtr: return lowerFnPtr(llvm::cast<hir::FnPtrTy>(t));
  case hir::TyKind::UnsafeBinder: {
    const hir::UnsafeBinderTy *u = llvm::cast<hir::UnsafeBinderTy>(t);
    BinderScope scope(*this, u->forParams);
    Ty inner = lowerTy(u->inner);
    return tcx.mkUnsafeBinder(inner, scope.vars());
  }
  case hir::TyKind::Never: return tcx.common.never;
  case hir::TyKind::Tuple: {
    SmallVector<Ty, 4> elems;
    for (const hir::Ty *e : llvm::cast<hir::TupleTy>(t)->elems)
      elems.push_back(lowerTy(e));
    return tcx.mkTuple(elems);
  }
  case hir::TyKind::Path: return lowerQPathTy(llvm::cast<hir::PathTy>(t)->path, t->span, t->id);
  case hir::TyKind::Opaque: return lowerOpaque(llvm::cast<hir::OpaqueTy>(t));
  case hir::TyKind::TraitObject: return lowerTraitObject(llvm::cast<hir::TraitObjectTy>(t));
  case hir::TyKind::Infer: return tyInfer(nullptr, t->span);
  case hir::TyKind::Pat: return lowerPatTy(llvm::cast<hir::PatTy>(t));
  }
  UNREACHABLE("hir type kind");
}

static bool parseAbi(llvm::StringRef s, ty::FnHeader &out) {
  using ty::Abi;
  out.abiUnwind = s.consume_back("-unwind");
  static const std::pair<const char *, Abi> kAbis[] = {
      {"", Abi::Rust}, {"Rust", Abi::Rust}, {"rust-call", Abi::RustCall}, {"rust-cold", Abi::RustCold}, {"rust-intrinsic", Abi::RustIntrinsic},
      {"C", Abi::C}, {"cdecl", Abi::Cdecl}, {"system", Abi::System}, {"sysv64", Abi::Sysv64}, {"win64", Abi::Win64}, {"efiapi", Abi::EfiApi},
      {"aapcs", Abi::Aapcs}, {"unadjusted", Abi::Unadjusted}, {"custom", Abi::Custom}, {"x86-interrupt", Abi::X86Interrupt},
      {"vectorcall", Abi::Vectorcall}, {"fastcall", Abi::Fastcall}, {"stdcall", Abi::Stdcall}, {"thiscall", Abi::Thiscall},
      {"rust-preserve-none", Abi::RustCold}, {"gpu-kernel", Abi::C}, {"ptx-kernel", Abi::C}, {"cmse-nonsecure-call", Abi::C}, {"cmse-nonsecure-entry", Abi::C}, {"msp430-interrupt", Abi::C}, {"avr-interrupt", Abi::C}, {"riscv-interrupt-m", Abi::C}, {"riscv-interrupt-s", Abi::C}};
  for (const auto &[name, abi] : kAbis)
    if (s == name) {
      out.abi = abi;
      return true;
    }
  return false;
}

ty::FnSig TyLowerer::lowerFnSig(const hir::FnHeader &header, const hir::FnDecl &decl) {
  SmallVector<Ty, 8> inputs;
  for (const hir::Ty *t : decl.inputs)
    inputs.push_back(lowerTy(t));
  Ty output = decl.output ? lowerTy(decl.output) : tcx.common.unit;
  ty::FnHeader h;
  h.safety = header.safety == ast::Safety::Unsafe ? ast::Safety::Unsafe : ast::Safety::Safe;
  h.cVariadic = decl.cVariadic;
  llvm::StringRef abi = header.abi.valid() ? tcx.sess.str(header.abi) : llvm::StringRef();
  if (!parseAbi(abi, h))
    tcx.sess.diag.error(header.abiSpan, "E0703", llvm::Twine("invalid ABI: found `") + abi + "`").label(header.abiSpan, "invalid ABI");
  return tcx.mkSig(inputs, output, h);
}

Ty TyLowerer::lowerFnPtr(const hir::FnPtrTy *t) {
  BinderScope scope(*this, t->forParams);
  ty::FnSig sig = lowerFnSig(t->header, t->decl);
  BoundVars vars = scope.vars();
  for (uint32_t v = 0; v < vars.size(); ++v)
    if (mentionsBound(tcx, sig.output(), v, false) && llvm::none_of(sig.inputs(), [&](Ty i) { return mentionsBound(tcx, i, v, true); })) {
      Span span = t->decl.output ? t->decl.output->span : t->span;
      tcx.sess.diag.error(span, "E0581", llvm::Twine("return type references lifetime `") + tcx.sess.str(vars[v].name) +
                                             "`, which is not constrained by the fn input types");
    }
  return tcx.mkFnPtr(ty::PolyFnSig{sig, vars});
}

Ty TyLowerer::lowerOpaque(const hir::OpaqueTy *t) {
  // All generics of the function are captured; its late-bound lifetimes come behind them.
  const ty::Generics *g = tcx.genericsOf(t->def);
  GenericArgs identity = tcx.identityArgs(t->def);
  SmallVector<GenericArg, 8> args(identity.begin(), identity.end());
  for (const ty::GenericParamDef &p : g->own)
    args[p.index] = regionOfParam(p.def);
  return tcx.mkAlias(ty::AliasKind::Opaque, t->def, tcx.mkArgs(args));
}

// ---- pattern types ----

static Const rangeEnd(ty::Ctx &tcx, Ty base, bool high) {
  unsigned bits = 0;
  bool isSigned = base.is(ty::TyKind::Int);
  if (base.is(ty::TyKind::Char)) {
    ty::ScalarInt s;
    s.lo = high ? 0x10FFFF : 0;
    s.size = 4;
    return tcx.mkScalar(base, s);
  }
  if (!isSigned && !base.is(ty::TyKind::Uint))
    return Const();
  switch (base.intTy()) {
  case ty::IntTy::I8: bits = 8; break;
  case ty::IntTy::I16: bits = 16; break;
  case ty::IntTy::I32: bits = 32; break;
  case ty::IntTy::I64: case ty::IntTy::Isize: bits = 64; break;
  case ty::IntTy::I128: bits = 128; break;
  }
  llvm::APInt v = isSigned ? (high ? llvm::APInt::getSignedMaxValue(bits) : llvm::APInt::getSignedMinValue(bits))
                           : (high ? llvm::APInt::getMaxValue(bits) : llvm::APInt(bits, 0));
  ty::ScalarInt s;
  s.lo = v.extractBitsAsZExtValue(std::min(bits, 64u), 0);
  s.hi = bits > 64 ? v.extractBitsAsZExtValue(64, 64) : 0;
  s.size = uint8_t(bits / 8);
  return tcx.mkScalar(base, s);
}

ty::PatternRef TyLowerer::lowerTyPat(const hir::TyPat &p, Ty base) {
  ty::PatternData d;
  switch (p.kind) {
  case hir::TyPatKind::Range: {
    d.kind = ty::PatternKind::Range;
    d.lo = p.lo ? lowerConstArg(p.lo, base) : rangeEnd(tcx, base, false);
    d.hi = p.hi ? lowerConstArg(p.hi, base) : rangeEnd(tcx, base, true);
    if (p.hi && !p.hiInclusive && d.hi.is(ty::ConstKind::Value)) {
      // `a..b` is `a..=b-1`: the type system knows closed ranges only.
      ty::ScalarInt s = d.hi.value()->leaf;
      llvm::APInt v(128, {s.lo, s.hi});
      --v;
      s.lo = v.extractBitsAsZExtValue(64, 0);
      s.hi = s.size > 8 ? v.extractBitsAsZExtValue(64, 64) : 0;
      if (s.size < 8)
        s.lo &= (uint64_t(1) << s.size * 8) - 1;
      d.hi = tcx.mkScalar(base, s);
    }
    break;
  }
  case hir::TyPatKind::NotNull:
    d.kind = ty::PatternKind::NotNull;
    break;
  case hir::TyPatKind::Or: {
    d.kind = ty::PatternKind::Or;
    SmallVector<ty::PatternRef, 2> alts;
    for (const hir::TyPat &a : p.alts)
      alts.push_back(lowerTyPat(a, base));
    d.alts = tcx.mkPatterns(alts);
    break;
  }
  }
  return tcx.mkPattern(d);
}

Ty TyLowerer::lowerPatTy(const hir::PatTy *t) {
  Ty base = lowerTy(t->base);
  if (base.isError())
    return base;
  bool scalar = base.is(ty::TyKind::Int) || base.is(ty::TyKind::Uint) || base.is(ty::TyKind::Char);
  if (t->pat.kind != hir::TyPatKind::NotNull && !scalar) {
    tcx.sess.diag.error(t->span, "", llvm::Twine("invalid base type for range pattern: `") + ty::show(tcx, base) + "`");
    return errorTy();
  }
  return tcx.mkPat(base, lowerTyPat(t->pat, base));
}

// ---- constants in types ----

// The value of a literal of scalar type `expected`; none when it has another type.
static std::optional<ty::ScalarInt> literalBits(ty::Ctx &tcx, const hir::ConstArg &arg, Ty expected) {
  const ast::Literal &lit = arg.lit;
  llvm::StringRef text = tcx.sess.str(lit.sym);
  ty::ScalarInt s;
  switch (lit.kind) {
  case lex::LitKind::Bool:
    if (!expected.isBool())
      return std::nullopt;
    s.lo = text == "true";
    s.size = 1;
    return s;
  case lex::LitKind::Char:
    if (!expected.isChar())
      return std::nullopt;
    s.lo = lex::unescapeChar(text, lit.kind);
    s.size = 4;
    return s;
  case lex::LitKind::Byte:
    if (!expected.isUint(ty::IntTy::I8))
      return std::nullopt;
    s.lo = lex::unescapeChar(text, lit.kind);
    s.size = 1;
    return s;
  case lex::LitKind::Integer:
    break;
  default:
    return std::nullopt;
  }
  bool isSigned = expected.is(ty::TyKind::Int);
  if (!isSigned && !expected.is(ty::TyKind::Uint))
    return std::nullopt;
  static const char *const kNames[] = {"8", "16", "32", "64", "128", "size"};
  static const unsigned kBits[] = {8, 16, 32, 64, 128, 64};
  unsigned at = unsigned(expected.intTy());
  if (lit.suffix.valid()) {
    llvm::StringRef suffix = tcx.sess.str(lit.suffix);
    if (!suffix.consume_front(isSigned ? "i" : "u") || suffix != kNames[at])
      return std::nullopt;
  }
  unsigned bits = kBits[at];
  llvm::StringRef d = text;
  unsigned radix = d.consume_front("0x") ? 16 : d.consume_front("0o") ? 8 : d.consume_front("0b") ? 2 : 10;
  llvm::APInt v(200, 0);
  bool overflow = false;
  for (char c : d) {
    if (c == '_')
      continue;
    unsigned digit = llvm::hexDigitValue(c);
    if (digit >= radix)
      return std::nullopt;
    v = v * radix + digit;
    overflow |= v.getActiveBits() > 128;
  }
  if (arg.negated)
    v = -v;
  unsigned limit = isSigned ? bits - 1 : bits;
  bool fits = arg.negated ? v.getSignificantBits() <= bits && isSigned : v.getActiveBits() <= limit;
  if (overflow || !fits)
    tcx.sess.diag.error(arg.span, "", "literal out of range for its type").note("the literal does not fit into the type of the constant");
  s.lo = v.extractBitsAsZExtValue(std::min(bits, 64u), 0);
  s.hi = bits > 64 ? v.extractBitsAsZExtValue(64, 64) : 0;
  s.size = uint8_t(bits / 8);
  return s;
}

Const TyLowerer::lowerConstArg(const hir::ConstArg *arg, Ty expected) {
  switch (arg->kind) {
  case hir::ConstArgKind::Error: return tcx.common.error_ct;
  case hir::ConstArgKind::Infer: return ctInfer(nullptr, arg->span);
  case hir::ConstArgKind::Path: {
    const Res &res = arg->path.path->res;
    if (!res.isDef(DefKind::ConstParam))
      return tcx.common.error_ct;
    return paramConst(tcx, res.def);
  }
  case hir::ConstArgKind::Literal: {
    if (expected.isError())
      return tcx.common.error_ct;
    if (std::optional<ty::ScalarInt> bits = literalBits(tcx, *arg, expected))
      return tcx.mkScalar(expected, *bits);
    tcx.sess.diag.error(arg->span, "E0308", "mismatched types")
        .label(arg->span, llvm::Twine("expected `") + ty::show(tcx, expected) + "`");
    return tcx.common.error_ct;
  }
  case hir::ConstArgKind::Anon: {
    // Its type is what the place wants; bound regions of the place cannot occur in it.
    if (expected && !tcx.queries.typeOf.tryGet(arg->anon))
      tcx.queries.typeOf.set(arg->anon, expected);
    return normalize(tcx.mkUnevaluated(arg->anon, tcx.identityArgs(arg->anon)), arg->span);
  }
  }
  UNREACHABLE("constant argument kind");
}

// ---- item headers ----

Ty ItemLowerer::tyInfer(const ty::GenericParamDef *param, Span span) {
  tcx.sess.diag.error(span, "E0121", "the placeholder `_` is not allowed within types on item signatures")
      .label(span, "not allowed in type signatures");
  return errorTy();
}
Const ItemLowerer::ctInfer(const ty::GenericParamDef *param, Span span) {
  tcx.sess.diag.error(span, "E0121", "the placeholder `_` is not allowed within types on item signatures")
      .label(span, "not allowed in type signatures");
  return tcx.common.error_ct;
}
Region ItemLowerer::reInfer(Span span, bool objectDefault) {
  if (objectDefault)
    return tcx.common.static_;
  return tcx.common.error_re; // reported when the lifetime was resolved, or with the number of arguments
}
ArrayRef<SpannedClause> ItemLowerer::probeTyParamBounds(DefId param, Symbol assoc, Span) {
  uint32_t index = tcx.defKind(param) == DefKind::TyParam ? paramIndex(tcx, param) : 0;
  return tcx.typeParamPredicates({item_, index, assoc});
}
Ty ItemLowerer::lowerAssocTy(Span span, DefId assoc, const hir::PathSegment *segment, const TraitRef &tr, BoundVars vars) {
  bool escapes = false;
  if (!vars.empty())
    for (GenericArg a : tr.args)
      escapes |= a.outerBinder() > 0;
  if (escapes) {
    tcx.sess.diag.error(span, "E0212", "cannot use the associated type of a trait with uninferred generic parameters")
        .help("use a fully qualified path with inferred lifetimes");
    return errorTy();
  }
  GenericArgs args = lowerArgsOfSegment(span, assoc, tr.args, segment);
  return tcx.mkProjection(assoc, args);
}

} // namespace ferric::collect
