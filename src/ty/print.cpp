// The pretty printer of types and paths (rules: rustc_middle::ty::print::pretty). One Printer writes
// into one string; paths of impls print as `<Self as Trait>` or, when the impl stands in another module
// than its type, as `module::<impl Trait for Self>`.
#include "ty/print.h"
#include "ty/fold.h"
#include "ty/type_name.h"

namespace ferric::ty {

namespace {
const char *const kIntNames[] = {"i8", "i16", "i32", "i64", "i128", "isize"};
const char *const kUintNames[] = {"u8", "u16", "u32", "u64", "u128", "usize"};
const char *const kFloatNames[] = {"f16", "f32", "f64", "f128"};

class Printer {
public:
  Printer(Ctx &tcx, PrintOptions o, bool typeName = false) : tcx(tcx), o(o), typeName(typeName), os(out) {}
  std::string take() { return out; }

  void ty(Ty t);
  void konst(Const c);
  void region(Region r);
  void arg(GenericArg a);
  void args(llvm::ArrayRef<GenericArg> list, bool value);
  void def(DefId d, GenericArgs a, bool value);
  void traitRef(DefId trait, llvm::ArrayRef<GenericArg> list, Ty self = {});
  void sig(const FnSig &s, llvm::StringRef name);
  void dyn(ExistentialPredicates preds);
  void bounds(Clauses bounds);
  void predicate(Predicate p);
  void valtree(Ty t, ValTree v);
  void text(llvm::StringRef s) { os << s; }

private:
  void ownArgs(DefId d, GenericArgs a, bool value);
  void implSegment(DefId impl, GenericArgs a);
  void pattern(PatternRef p);
  bool selfNearImpl(DefId impl, Ty self);
  std::string path(DefId d);
  void character(uint64_t c);
  Ctx &tcx;
  PrintOptions o;
  bool typeName;               // as core::any::type_name says it
  std::string out;
  llvm::raw_string_ostream os;
};

// A definition's path; the names of types begin with the local crate's name as with any other's.
std::string Printer::path(DefId d) {
  std::string inside = showDef(tcx, d, o.paths);
  if (!typeName || !d.isLocal())
    return inside;
  std::string crate = tcx.sess.str(tcx.crates[d.crate()].name).str();
  return inside.empty() ? crate : crate + "::" + inside;
}

void Printer::region(Region r) {
  switch (r->kind) {
  case RegionKind::Static: os << "'static"; break;
  case RegionKind::EarlyParam: case RegionKind::LateParam:
    if (r->name.valid() && !tcx.sess.str(r->name).empty()) { os << tcx.sess.str(r->name); break; }
    [[fallthrough]];
  default: os << "'_"; break;
  }
}

void Printer::arg(GenericArg a) {
  if (a.isTy()) ty(a.ty());
  else if (a.isRegion()) region(a.region());
  else konst(a.konst());
}

void Printer::args(llvm::ArrayRef<GenericArg> list, bool value) {
  bool any = false;
  for (GenericArg a : list) {
    if (a.isRegion() && (o.paths == PathStyle::Trimmed || a.region()->kind == RegionKind::Erased) && !(o.paths == PathStyle::Full))
      continue;
    os << (any ? ", " : value && !typeName ? "::<" : "<");
    any = true;
    arg(a);
  }
  if (any)
    os << '>';
}

// As `{:?}` writes it, as far as ASCII goes.
void Printer::character(uint64_t c) {
  os << '\'';
  if (c == '\'' || c == '\\')
    os << '\\' << char(c);
  else if (c >= 0x20 && c < 0x7f)
    os << char(c);
  else
    os << "\\u{" << llvm::utohexstr(c, true) << '}';
  os << '\'';
}

void Printer::valtree(Ty t, ValTree v) {
  if (v->isLeaf) {
    const ScalarInt &s = v->leaf;
    switch (t.kind()) {
    case TyKind::Bool: os << (s.lo ? "true" : "false"); return;
    case TyKind::Char: character(s.lo); return;
    case TyKind::Int: {
      llvm::APInt value(s.size * 8, {s.lo, s.hi});
      llvm::SmallString<40> text;
      value.toStringSigned(text);
      os << text << (o.paths == PathStyle::Full && !typeName ? kIntNames[unsigned(t.intTy())] : "");
      return;
    }
    case TyKind::Uint: {
      llvm::APInt value(std::max(1, s.size * 8), {s.lo, s.hi});
      llvm::SmallString<40> text;
      value.toStringUnsigned(text);
      os << text;
      return;
    }
    default: os << s.lo; return;
    }
  }
  if (t.is(TyKind::Adt)) {
    const AdtDef *adt = t.adt();
    llvm::ArrayRef<Const> fields = v->branches;
    uint64_t variant = 0;
    if (adt->isEnum() && !fields.empty()) {
      fields[0].tryBits(variant);
      fields = fields.drop_front();
    }
    const VariantDef &var = adt->variants[variant];
    os << path(var.def);
    if (fields.empty())
      return;
    os << (var.ctorKind == CtorKind::Fn && var.hasCtor ? "(" : " { ");
    for (size_t i = 0; i < fields.size(); ++i) {
      os << (i ? ", " : "");
      if (!(var.ctorKind == CtorKind::Fn && var.hasCtor))
        os << tcx.sess.str(var.fields[i].name) << ": ";
      konst(fields[i]);
    }
    os << (var.ctorKind == CtorKind::Fn && var.hasCtor ? ")" : " }");
    return;
  }
  os << (t.is(TyKind::Tuple) ? "(" : "[");
  for (size_t i = 0; i < v->branches.size(); ++i) {
    os << (i ? ", " : "");
    konst(v->branches[i]);
  }
  os << (t.is(TyKind::Tuple) ? ")" : "]");
}

void Printer::konst(Const c) {
  switch (c.kind()) {
  case ConstKind::Param: os << tcx.sess.str(c.name()); break;
  case ConstKind::Value: valtree(c.valueTy(), c.value()); break;
  case ConstKind::Unevaluated:
    if (tcx.defKind(c.def()) == DefKind::AnonConst || tcx.defKind(c.def()) == DefKind::InlineConst) {
      os << "{ " << tcx.sess.sources.text(tcx.def(c.def()).span) << " }";
      break;
    }
    def(c.def(), c.args(), true);
    break;
  case ConstKind::Error: os << "{const error}"; break;
  default: os << '_'; break;
  }
}

void Printer::pattern(PatternRef p) {
  switch (p->kind) {
  case PatternKind::NotNull: os << "!null"; break;
  case PatternKind::Range:
    if (p->lo) konst(p->lo);
    os << "..=";
    if (p->hi) konst(p->hi);
    break;
  case PatternKind::Or:
    for (size_t i = 0; i < p->alts.size(); ++i) {
      os << (i ? " | " : "");
      pattern(p->alts[i]);
    }
    break;
  }
}

// Whether an argument is what its parameter stands for when nothing is written; `all` are those around it.
static bool isDefault(Ctx &tcx, const GenericParamDef &p, GenericArg arg, GenericArgs all) {
  if (!p.hasDefault)
    return false;
  if (p.kind == GenericParamKind::Const)
    return arg.isConst() && instantiate(tcx, tcx.constParamDefault(p.def), all) == arg.konst();
  return p.kind == GenericParamKind::Type && arg.isTy() && instantiate(tcx, tcx.typeOf(p.def), all) == arg.ty();
}

// `self`: when known, arguments equal to their defaults (`Rhs = Self`) are left out.
void Printer::traitRef(DefId trait, llvm::ArrayRef<GenericArg> list, Ty self) {
  if (self && !list.empty()) {
    llvm::SmallVector<GenericArg, 4> all{GenericArg(self)};
    all.append(list.begin(), list.end());
    GenericArgs full = tcx.mkArgs(all);
    const Generics *g = tcx.genericsOf(trait);
    while (!list.empty() && isDefault(tcx, g->param(uint32_t(list.size())), list.back(), full))
      list = list.drop_back();
  }
  os << path(trait);
  if (!list.empty() && list[0].isTy() && list[0].ty().is(TyKind::Tuple) && tcx.traitDef(trait)->parenSugar) {
    os << '(';
    for (size_t i = 0; i < list[0].ty().tuple().size(); ++i) {
      os << (i ? ", " : "");
      ty(list[0].ty().tuple()[i]);
    }
    os << ')';
    return;
  }
  args(list, false);
}

// Auto traits stand in the order of their paths, whatever their order in the type is (pretty_print_dyn_existential).
void Printer::dyn(ExistentialPredicates preds) {
  bool first = true;
  llvm::SmallVector<DefId, 4> autoTraits;
  for (const PolyExistentialPredicate &p : preds) {
    if (p.value.kind == ExistentialKind::Projection)
      continue;
    if (p.value.kind == ExistentialKind::AutoTrait) {
      autoTraits.push_back(p.value.def);
      continue;
    }
    os << (first ? "" : " + ");
    first = false;
    bool binder = false;
    for (const BoundVar &v : p.vars)
      if (v.name.valid() && o.paths == PathStyle::Trimmed) {
        os << (binder ? ", " : "for<") << tcx.sess.str(v.name);
        binder = true;
      }
    os << (binder ? "> " : "");
    bool sugar = tcx.traitDef(p.value.def)->parenSugar;
    std::vector<PolyExistentialPredicate> projections;
    for (const PolyExistentialPredicate &q : preds)
      if (q.value.kind == ExistentialKind::Projection)
        projections.push_back(q);
    if (sugar) {
      traitRef(p.value.def, p.value.args.ref());
      if (!projections.empty() && existentialTerm(projections[0].value).isTy() && !existentialTerm(projections[0].value).ty().isUnit()) {
        os << " -> ";
        arg(existentialTerm(projections[0].value).arg);
      }
      continue;
    }
    os << path(p.value.def);
    bool any = false;
    for (GenericArg a : p.value.args) {
      if (a.isRegion() && o.paths == PathStyle::Trimmed)
        continue;
      os << (any ? ", " : "<");
      any = true;
      arg(a);
    }
    for (const PolyExistentialPredicate &q : projections) {
      os << (any ? ", " : "<") << tcx.sess.str(tcx.def(q.value.def).name) << " = ";
      any = true;
      arg(existentialTerm(q.value).arg);
    }
    os << (any ? ">" : "");
  }
  if (autoTraits.size() > 1)
    llvm::sort(autoTraits, [&](DefId a, DefId b) { return tcx.crates.path(a) < tcx.crates.path(b); });
  for (DefId d : autoTraits) {
    os << (first ? "" : " + ") << path(d);
    first = false;
  }
}

void Printer::sig(const FnSig &s, llvm::StringRef name) {
  static const char *const abis[] = {"Rust", "rust-call", "rust-cold", "rust-intrinsic", "C", "system", "sysv64", "win64", "efiapi", "aapcs",
                                     "unadjusted", "custom", "x86-interrupt", "vectorcall", "fastcall", "stdcall", "thiscall", "cdecl"};
  if (s.header.safety == Safety::Unsafe)
    os << "unsafe ";
  if (s.header.abi != Abi::Rust)
    os << "extern \"" << abis[unsigned(s.header.abi)] << (s.header.abiUnwind ? "-unwind\" " : "\" ");
  os << "fn" << (name.empty() ? "" : " ") << name << '(';
  bool first = true;
  for (Ty t : s.inputs()) {
    os << (first ? "" : ", ");
    first = false;
    ty(t);
  }
  if (s.header.cVariadic)
    os << (first ? "..." : ", ...");
  os << ')';
  if (!s.output().isUnit()) {
    os << " -> ";
    ty(s.output());
  }
}

void Printer::bounds(Clauses list) {
  bool first = true;
  for (Predicate p : list) {
    if (p.kind() != PredicateKind::Trait || tcx.isLang(p->traitRef.trait, tcx.sess.symbols.intern("sized")) ||
        tcx.isLang(p->traitRef.trait, tcx.sess.symbols.intern("meta_sized")))
      continue;
    os << (first ? "" : " + ");
    first = false;
    traitRef(p->traitRef.trait, p->traitRef.args.ref().drop_front(), p->traitRef.self());
  }
  if (first)
    os << "Sized";
}

void Printer::ty(Ty t) {
  switch (t.kind()) {
  case TyKind::Bool: os << "bool"; break;
  case TyKind::Char: os << "char"; break;
  case TyKind::Str: os << "str"; break;
  case TyKind::Never: os << '!'; break;
  case TyKind::Int: os << kIntNames[unsigned(t.intTy())]; break;
  case TyKind::Uint: os << kUintNames[unsigned(t.intTy())]; break;
  case TyKind::Float: os << kFloatNames[unsigned(t.floatTy())]; break;
  case TyKind::Adt: def(t.def(), t.args(), false); break;
  case TyKind::Foreign: os << path(t.def()); break;
  case TyKind::Array: os << '['; ty(t.inner()); os << "; "; konst(t.len()); os << ']'; break;
  case TyKind::Slice: os << '['; ty(t.inner()); os << ']'; break;
  case TyKind::Pat: os << '('; ty(t.inner()); os << ") is "; pattern(t.pattern()); break;
  case TyKind::RawPtr: os << (t.mut() == Mutability::Mut ? "*mut " : "*const "); ty(t.inner()); break;
  case TyKind::Ref: {
    os << '&';
    Region r = t.region();
    bool named = r->kind == RegionKind::Static || (r->kind == RegionKind::EarlyParam && r->name.valid());
    if (typeName ? r->kind == RegionKind::Bound : named) { region(r); os << ' '; }
    if (t.mut() == Mutability::Mut) os << "mut ";
    bool paren = t.inner().is(TyKind::Dynamic) && t.inner().preds().size() > 1 && o.paths == PathStyle::Trimmed;
    os << (paren ? "(" : "");
    ty(t.inner());
    os << (paren ? ")" : "");
    break;
  }
  case TyKind::FnDef: {
    if (o.paths == PathStyle::Full) { def(t.def(), t.args(), true); break; }
    FnSig s = eraseLateBound(tcx, instantiate(tcx, tcx.fnSig(t.def()), t.args()));
    sig(s, "");
    os << " {";
    def(t.def(), t.args(), true);
    os << '}';
    break;
  }
  case TyKind::FnPtr: {
    PolyFnSig s = t.fnPtrSig();
    bool binder = false;
    for (const BoundVar &v : s.vars)
      if (!typeName && v.name.valid() && !tcx.sess.str(v.name).empty() && tcx.sess.str(v.name) != "'_") {
        os << (binder ? ", " : "for<") << tcx.sess.str(v.name);
        binder = true;
      }
    os << (binder ? "> " : "");
    sig(s.value, "");
    break;
  }
  case TyKind::UnsafeBinder: os << "unsafe<> "; ty(t.inner()); break;
  case TyKind::Dynamic: os << "dyn "; dyn(t.preds()); break;
  case TyKind::Closure: {
    if (typeName) { def(t.def(), t.args(), true); break; }
    LineCol pos = tcx.sess.sources.lookup(tcx.def(t.def()).span.lo);
    os << "{closure@";
    if (o.paths == PathStyle::Full && !t.def().isLocal()) {
      def(t.def(), t.args(), false);
      os << '}';
      break;
    }
    os << (pos.file ? tcx.sess.sources.file(pos.file).name : "?") << ':' << pos.line << ':' << pos.col;
    LineCol end = tcx.sess.sources.lookup(tcx.def(t.def()).span.hi);
    os << ": " << end.line << ':' << end.col << '}';
    break;
  }
  case TyKind::Tuple: {
    os << '(';
    bool first = true;
    for (Ty e : t.tuple()) { os << (first ? "" : ", "); first = false; ty(e); }
    os << (t.tuple().size() == 1 ? ",)" : ")");
    break;
  }
  case TyKind::Alias:
    switch (t.aliasKind()) {
    case AliasKind::Opaque: os << "impl "; bounds(instantiate(tcx, tcx.itemBounds(t.def()), t.args())); break;
    default: def(t.def(), t.args(), false); break;
    }
    break;
  case TyKind::Param: os << tcx.sess.str(t.name()); break;
  case TyKind::Infer:
    os << (t.inferKind() == InferKind::Int ? "{integer}" : t.inferKind() == InferKind::Float ? "{float}" : "_");
    break;
  case TyKind::Error: os << "{type error}"; break;
  case TyKind::Bound: os << '^' << t.debruijn() << '_' << t.index(); break;
  case TyKind::Placeholder: os << '!' << t.index(); break;
  default: os << "{coroutine}"; break;
  }
}

// Impl paths are shortened to `<Self>` / `<Self as Trait>` when the impl stands where its self type or trait is defined.
bool Printer::selfNearImpl(DefId impl, Ty self) {
  DefId module = tcx.parent(impl);
  DefId owner;
  switch (self.kind()) {
  case TyKind::Adt: case TyKind::Foreign: case TyKind::Closure: owner = self.def(); break;
  case TyKind::Dynamic: if (!self.preds().empty()) owner = self.preds()[0].value.def; break;
  case TyKind::Array: case TyKind::Slice: case TyKind::RawPtr: case TyKind::Ref: return selfNearImpl(impl, self.inner());
  case TyKind::Tuple: case TyKind::Bool: case TyKind::Char: case TyKind::Str: case TyKind::Int: case TyKind::Uint: case TyKind::Float:
  case TyKind::FnPtr: case TyKind::Never: case TyKind::Param: return false;
  default: return false;
  }
  return owner.valid() && tcx.parent(owner) == module;
}

void Printer::implSegment(DefId impl, GenericArgs a) {
  TraitRef tr = tcx.implTraitRef(impl);
  Ty self = tcx.typeOf(impl);
  if (a.p) {
    self = instantiate(tcx, self, a);
    if (tr.trait.valid()) tr = instantiate(tcx, tr, a);
  }
  DefId module = tcx.parent(impl);
  bool nearTrait = tr.trait.valid() && tcx.parent(tr.trait) == module;
  if (o.paths == PathStyle::Trimmed || nearTrait || selfNearImpl(impl, self)) {
    if (!tr.trait.valid()) {
      if (self.is(TyKind::Adt)) { def(self.def(), self.args(), true); return; }
      os << '<'; ty(self); os << '>';
      return;
    }
    os << '<';
    ty(self);
    os << " as ";
    traitRef(tr.trait, tr.args.ref().drop_front(), tr.self());
    os << '>';
    return;
  }
  os << path(module) << (path(module).empty() ? "" : "::") << "<impl ";
  if (tr.trait.valid()) {
    traitRef(tr.trait, tr.args.ref().drop_front(), tr.self());
    os << " for ";
  }
  ty(self);
  os << '>';
}

void Printer::ownArgs(DefId d, GenericArgs a, bool value) {
  const Generics *g = tcx.genericsOf(d);
  if (!g || !a.p)
    return;
  llvm::SmallVector<GenericArg, 4> own;
  for (const GenericParamDef &p : g->own)
    if (!(g->ownSelf && p.index == 0) && p.index < a.size())
      own.push_back(a[p.index]);
  // Arguments equal to their defaults are not printed.
  while (!own.empty() && isDefault(tcx, g->own[own.size() - 1 + (g->ownSelf ? 1 : 0)], own.back(), a))
    own.pop_back();
  args(own, value);
}

void Printer::def(DefId d, GenericArgs a, bool value) {
  const Def &row = tcx.def(d);
  switch (row.kind) {
  case DefKind::Impl: implSegment(d, a); return;
  case DefKind::AssocTy: case DefKind::AssocFn: case DefKind::AssocConst: {
    DefKind parentKind = tcx.defKind(row.parent);
    if (parentKind == DefKind::Trait && a.p && a.size() > 0 && a[0].isTy()) {
      os << '<';
      ty(a[0].ty());
      os << " as ";
      const Generics *g = tcx.genericsOf(row.parent);
      traitRef(row.parent, a.ref().take_front(g->count()).drop_front(), a[0].ty());
      os << '>';
    } else if (parentKind == DefKind::Impl) {
      implSegment(row.parent, a);
    } else {
      def(row.parent, a, value);
    }
    os << "::" << tcx.sess.str(row.name);
    ownArgs(d, a, value);
    return;
  }
  case DefKind::Ctor: def(row.parent, a, value); os << (typeName ? "::{{constructor}}" : ""); return;
  case DefKind::Variant: def(row.parent, a, value); os << "::" << tcx.sess.str(row.name); return;
  case DefKind::Closure: case DefKind::InlineConst: case DefKind::AnonConst: case DefKind::OpaqueTy: {
    def(row.parent, a, value);
    if (typeName) { os << (row.kind == DefKind::Closure ? "::{{closure}}" : row.kind == DefKind::OpaqueTy ? "::{{opaque}}" : "::{{constant}}"); return; }
    os << (row.kind == DefKind::Closure ? "::{closure#" : row.kind == DefKind::OpaqueTy ? "::{opaque#" : "::{constant#") << row.disambiguator << '}';
    return;
  }
  default: break;
  }
  if (o.paths == PathStyle::Full && row.parent.valid()) {
    DefKind pk = tcx.defKind(row.parent);
    if (pk == DefKind::Mod || pk == DefKind::ForeignMod) {
      std::string prefix = path(row.parent);
      if (!prefix.empty())
        os << prefix << "::";
    } else { // an item inside of a body has none of the parameters around it
      const Generics *g = tcx.genericsOf(d);
      def(row.parent, g && g->parent ? a : GenericArgs(), true);
      os << "::";
    }
  }
  os << tcx.sess.str(row.name);
  ownArgs(d, a, value);
}

void Printer::predicate(Predicate p) {
  bool binder = false;
  for (const BoundVar &v : p->vars)
    if (v.name.valid() && !tcx.sess.str(v.name).empty()) {
      os << (binder ? ", " : "for<") << tcx.sess.str(v.name);
      binder = true;
    }
  os << (binder ? "> " : "");
  switch (p.kind()) {
  case PredicateKind::Trait: case PredicateKind::HostEffect:
    ty(p->traitRef.self());
    os << (p->negative ? ": !" : ": ");
    traitRef(p->traitRef.trait, p->traitRef.args.ref().drop_front(), p->traitRef.self());
    break;
  case PredicateKind::Projection: case PredicateKind::NormalizesTo:
    def(p->alias.def, p->alias.args, false);
    os << " == ";
    arg(p->b);
    break;
  case PredicateKind::RegionOutlives: case PredicateKind::TypeOutlives: case PredicateKind::ConstArgHasType:
    arg(p->a); os << ": "; arg(p->b);
    break;
  case PredicateKind::WellFormed: arg(p->a); os << " well-formed"; break;
  case PredicateKind::ConstEvaluatable: arg(p->a); os << " can be evaluated"; break;
  case PredicateKind::DynCompatible: os << path(p->traitRef.trait) << " is dyn-compatible"; break;
  case PredicateKind::Subtype: case PredicateKind::Coerce: case PredicateKind::AliasRelate:
    arg(p->a); os << (p.kind() == PredicateKind::Coerce ? " -> " : " <: "); arg(p->b);
    break;
  case PredicateKind::Ambiguous: os << "ambiguous"; break;
  }
}
} // namespace

std::string show(Ctx &tcx, Ty t, PrintOptions o) { Printer p(tcx, o); p.ty(t); return p.take(); }
std::string show(Ctx &tcx, Const c, PrintOptions o) { Printer p(tcx, o); p.konst(c); return p.take(); }
std::string show(Ctx &tcx, GenericArg a, PrintOptions o) { Printer p(tcx, o); p.arg(a); return p.take(); }
std::string show(Ctx &tcx, GenericArgs a, PrintOptions o) { Printer p(tcx, o); p.args(a, o.valueSyntax); return p.take(); }
std::string show(Ctx &tcx, const TraitRef &t, PrintOptions o) { Printer p(tcx, o); p.traitRef(t.trait, t.args.ref().drop_front(), t.self()); return p.take(); }
std::string show(Ctx &tcx, Predicate pred, PrintOptions o) { Printer p(tcx, o); p.predicate(pred); return p.take(); }
std::string show(Ctx &tcx, const FnSig &s, PrintOptions o) { Printer p(tcx, o); p.sig(s, ""); return p.take(); }
std::string showDefWithArgs(Ctx &tcx, DefId def, GenericArgs args, PrintOptions o) { Printer p(tcx, o); p.def(def, args, true); return p.take(); }

std::string typeName(Ctx &tcx, Ty t) { Printer p(tcx, {PathStyle::Full}, true); p.ty(t); return p.take(); }

std::string show(Ctx &tcx, const Instance &i, PrintOptions o) {
  Printer p(tcx, o);
  if (i.kind == InstanceKind::DropGlue && i.ty) {
    p.text(showDef(tcx, i.def, o.paths) + "::<");
    p.ty(i.ty);
    p.text("> - shim(Some(");
    p.ty(i.ty);
    p.text("))");
    return p.take();
  }
  p.def(i.def, i.args, true);
  switch (i.kind) {
  case InstanceKind::DropGlue: p.text(" - shim(None)"); break;
  case InstanceKind::VTableShim: p.text(" - shim(vtable)"); break;
  case InstanceKind::ReifyShim: p.text(" - shim(reify)"); break;
  case InstanceKind::FnPtrShim: p.text(" - shim("); p.ty(i.ty); p.text(")"); break;
  case InstanceKind::ClosureOnceShim: p.text(" - shim"); break;
  case InstanceKind::CloneShim: p.text(" - shim("); p.ty(i.ty); p.text(")"); break;
  case InstanceKind::Virtual: p.text(" - virtual#" + llvm::utostr(i.index)); break;
  default: break;
  }
  return p.take();
}

std::string showDef(Ctx &tcx, DefId def, PathStyle style) {
  const Def &row = tcx.def(def);
  if (def.index() == 0)
    return def.isLocal() ? "" : tcx.sess.str(tcx.crates[def.crate()].name).str();
  if (row.kind == DefKind::Impl || row.kind == DefKind::Closure)
    return showDefWithArgs(tcx, def, {}, {style});
  DefId parent = row.kind == DefKind::ForeignMod || !row.parent.valid() ? DefId() : row.parent;
  while (parent.valid() && (tcx.defKind(parent) == DefKind::ForeignMod))
    parent = tcx.parent(parent);
  if (row.kind == DefKind::Ctor)
    return showDef(tcx, row.parent, style);
  std::string name = tcx.sess.str(row.name).str();
  bool keepParent = style == PathStyle::Full || row.kind == DefKind::Variant || row.kind == DefKind::AssocFn || row.kind == DefKind::AssocTy ||
                    row.kind == DefKind::AssocConst;
  if (!keepParent || !parent.valid())
    return name;
  std::string prefix = showDef(tcx, parent, style);
  return prefix.empty() ? name : prefix + "::" + name;
}

} // namespace ferric::ty
