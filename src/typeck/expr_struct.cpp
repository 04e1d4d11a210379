// Struct literals with functional update, field access, offset_of (Reference: struct-expr, field-expr; rustc_hir_typeck::expr).
#include "typeck/autoderef.h"
#include "typeck/method.h"

namespace ferric::typeck {

namespace {
struct StructCheck {
  FnCtxt &f;
  const hir::StructExpr *e;
  const VariantDef &v;
  Ty ty;
  const AdtDef *adt;
  SmallVector<char, 16> seen;
  bool bad = false;

  // The expected type may say more of the arguments than the path does: generic fields get better hints.
  void useExpectation(Expectation expected) {
    std::optional<Ty> want = f.onlyHasType(expected);
    if (!want) return;
    bool ok = true;
    ty::TyList l = f.infcx.fudgeInferenceIfOk(ok, [&](bool &good) {
      good = f.eq(*want, ty);
      return good ? f.tcx.mkTyList(f.resolve(ty)) : ty::TyList();
    });
    if (ok && !l.empty()) f.eq(l[0], ty);
  }

  void fields() {
    seen.assign(v.fields.size(), 0);
    for (const hir::ExprField &x : e->fields) {
      int i = f.findField(v, x.ident);
      Ty t = f.tcx.common.error;
      if (i < 0) {
        unknownField(x);
      } else if (seen[size_t(i)]) {
        f.err(x.ident.span, "E0062", "field `" + std::string(f.str(x.ident.name)) + "` specified more than once").label(x.ident.span, "used more than once");
        bad = true;
      } else {
        seen[size_t(i)] = 1;
        f.results.fieldIndices[x.id] = uint32_t(i);
        t = f.fieldTy(x.span, v.fields[size_t(i)], ty.args());
        if (!f.isAccessible(v.fields[size_t(i)].vis, x.ident))
          f.err(x.ident.span, "E0451", "field `" + std::string(f.str(x.ident.name)) + "` of struct `" + std::string(f.str(v.name)) + "` is private")
              .label(x.ident.span, "private field");
      }
      f.demandCoerce(x.value, f.checkExpr(x.value, Expectation::hasType(t)), t);
    }
  }
  void unknownField(const hir::ExprField &x) {
    bad = true;
    std::string owner = adt->isEnum() ? "variant `" + f.str(ty) + "::" + std::string(f.str(v.name)) + "`" : (adt->isUnion() ? "union `" : "struct `") + f.str(ty) + "`";
    if (adt->isEnum())
      f.err(x.ident.span, "E0559", owner + " has no field named `" + std::string(f.str(x.ident.name)) + "`").label(x.ident.span, "field does not exist");
    else
      f.err(x.ident.span, "E0560", owner + " has no field named `" + std::string(f.str(x.ident.name)) + "`").label(x.ident.span, "unknown field");
  }

  void base() {
    f.checkExprHasType(e->base, ty);
    if (!adt->isStruct()) {
      f.err(e->base->span, "E0436", "functional record update syntax requires a struct");
      return;
    }
    fru();
  }
  void fru() {
    SmallVector<Ty, 4> tys;
    for (const ty::FieldDef &x : v.fields) tys.push_back(f.fieldTy(e->span, x, ty.args()));
    f.results.fruFieldTypes[e->id] = tys;
  }

  void missing() {
    std::string names;
    size_t n = 0;
    bool hidden = false;
    for (size_t i = 0; i < v.fields.size(); ++i) {
      if (seen[i]) continue;
      if (f.findField(v, {v.fields[i].name, {}}) != int(i)) { // its name is another field's too: reported
        f.root.setTainted();
        continue;
      }
      hidden |= !f.tcx.crates.isAccessible(v.fields[i].vis, f.root.body.module);
      names += std::string(n++ ? ", `" : "`") + std::string(f.str(v.fields[i].name)) + "`";
    }
    if (!n) return;
    if (hidden) {
      f.err(e->path.span, "", "cannot construct `" + f.str(ty) + "` with struct literal syntax due to private fields");
      return;
    }
    f.err(e->path.span, "E0063", Twine("missing field") + (n == 1 ? " " : "s ") + names + " in initializer of `" + f.str(ty) + "`").label(e->path.span, "missing " + names);
  }
};
} // namespace

Ty FnCtxt::checkStruct(const hir::StructExpr *e, Expectation expected) {
  Ty t;
  const VariantDef *v = checkStructPath(e->path, e->id, t);
  if (!v) {
    for (const hir::ExprField &x : e->fields) checkExpr(x.value);
    if (e->base) checkExpr(e->base);
    return error();
  }
  StructCheck c{*this, e, *v, t, t.adt(), {}, false};
  bool foreign = c.adt->def.crate() != root.owner.crate();
  if (foreign && (v->nonExhaustive || (!c.adt->isEnum() && c.adt->nonExhaustive)))
    err(e->span, "E0639", "cannot create non-exhaustive struct using struct expression");
  c.useExpectation(expected);
  c.ty = t = tryStructurally(t);
  c.fields();
  if (c.adt->isUnion() && e->fields.size() != 1) err(e->path.span, "E0784", "union expressions should have exactly one field");
  if (c.bad) {
    if (e->base) checkExpr(e->base);
  } else if (e->base) {
    c.base();
  } else if (e->rest == ast::StructRest::Rest) {
    c.fru();
  } else if (!c.adt->isUnion()) {
    c.missing();
  }
  requireSized(t, Cause(e->span, CauseCode::StructInitializerSized));
  return t;
}

// ---- fields ----
static bool tupleIndex(StringRef s, size_t &i) { return !s.empty() && (s == "0" || s[0] != '0') && !s.getAsInteger(10, i); }

Ty FnCtxt::checkField(const hir::FieldExpr *e, Expectation expected) {
  Ty base = structurally(e->base->span, checkExpr(e->base));
  Autoderef deref(*this, e->span, base);
  Ty t;
  bool isPrivate = false;
  Adjustments privateAdj;
  while (deref.next(t)) {
    if (t.is(TyKind::Adt) && !t.adt()->isEnum()) {
      int i = findField(t.adt()->nonEnum(), e->field);
      if (i < 0) continue;
      const ty::FieldDef &fd = t.adt()->nonEnum().fields[size_t(i)];
      results.fieldIndices[e->id] = uint32_t(i);
      Adjustments adj;
      adjustSteps(deref, adj);
      if (isAccessible(fd.vis, e->field)) {
        applyAdjustments(e->base, std::move(adj));
        registerAll(deref.obligations());
        return fieldTy(e->span, fd, t.args());
      }
      isPrivate = true;
      privateAdj = std::move(adj);
    } else if (t.is(TyKind::Tuple)) {
      size_t i = 0;
      if (!tupleIndex(str(e->field.name), i) || i >= t.tuple().size()) continue;
      Adjustments adj;
      adjustSteps(deref, adj);
      applyAdjustments(e->base, std::move(adj));
      registerAll(deref.obligations());
      results.fieldIndices[e->id] = uint32_t(i);
      return t.tuple()[i];
    }
  }
  structurally(e->span, deref.finalTy());
  base = resolve(base);
  if (hasErr(base) || hasErr(deref.finalTy())) return error();
  reportField(e, base, isPrivate);
  return error();
}

void FnCtxt::reportField(const hir::FieldExpr *e, Ty base, bool isPrivate) {
  std::string n(str(e->field.name)), t = str(base);
  if (isPrivate) {
    err(e->field.span, "E0616", "field `" + n + "` of type `" + t + "` is private").label(e->field.span, "private field");
    return;
  }
  bool primitive = base.isBool() || base.isChar() || base.isNumeric() || base.isStr();
  if (!primitive) {
    ProbeResult r = probe([&] { return probeMethod(*this, ProbeMode::MethodCall, e->field, base, e->id, e->base->span); });
    if (r.outcome == ProbeOutcome::Found) {
      err(e->field.span, "E0615", "attempted to take value of method `" + n + "` on type `" + t + "`")
          .label(e->field.span, "method, not a field").help("use parentheses to call the method");
      return;
    }
  }
  if (primitive) err(e->field.span, "E0610", "`" + t + "` is a primitive type and therefore doesn't have fields");
  else err(e->field.span, "E0609", "no field `" + n + "` on type `" + t + "`").label(e->field.span, "unknown field");
}

// ---- offset_of!(Container, a.b.Variant.c) ----
namespace {
// offset_of!: walks down the fields, one step for a field and two names for one of a variant (Reference: std::mem::offset_of, "Syntax";
// rustc_hir_typeck::expr, check_expr_offset_of).
class OffsetOfWalk {
public:
  OffsetOfWalk(FnCtxt &f, const hir::OffsetOfExpr *e, Ty container) : f(f), e_(e), current_(container) {}

  void run() {
    while (next_ < e_->fields.size() && step(e_->fields[next_++])) {}
  }
  SmallVector<std::pair<uint32_t, uint32_t>, 2> path; // variant and field of each step

private:
  bool step(Ident name) {
    Ty t = f.structurally(e_->span, current_);
    if (t.is(TyKind::Adt) && t.adt()->isEnum()) return variantField(t, name);
    size_t i = 0;
    if (t.is(TyKind::Adt)) {
      const VariantDef &fields = t.adt()->nonEnum();
      if (int index = f.findField(fields, name); index >= 0) {
        enter(t, fields, 0, size_t(index), name);
        staticallyAligned(current_);
        return true;
      }
    } else if (t.is(TyKind::Tuple) && tupleIndex(f.str(name.name), i) && i < t.tuple().size()) {
      path.push_back({0, uint32_t(i)});
      current_ = t.tuple()[i];
      staticallyAligned(current_);
      return true;
    }
    return noField(name, t);
  }

  bool variantField(Ty t, Ident name) {
    ArrayRef<VariantDef> variants = t.adt()->variants;
    const VariantDef *variant = llvm::find_if(variants, [&](const VariantDef &v) { return v.name == name.name; });
    std::string text(f.str(name.name));
    if (variant == variants.end()) {
      f.err(name.span, "E0599", "no variant named `" + text + "` found for enum `" + f.str(t) + "`").label(name.span, "variant not found");
      return false;
    }
    if (next_ == e_->fields.size()) {
      f.err(name.span, "E0795", "`" + text + "` is an enum variant; expected field at end of `offset_of`").label(name.span, "enum variant");
      return false;
    }
    Ident field = e_->fields[next_++];
    int index = f.findField(*variant, field);
    if (index < 0) {
      f.err(name.span, "E0609", "no field named `" + std::string(f.str(field.name)) + "` on enum variant `" + f.str(t) + "::" + text + "`")
          .label(name.span, "this enum variant...")
          .label(field.span, "...does not have this field");
      return false;
    }
    enter(t, *variant, uint32_t(variant - variants.begin()), size_t(index), field);
    f.requireSized(current_, Cause(e_->span, CauseCode::ConstSized));
    return true;
  }

  void enter(Ty t, const VariantDef &variant, uint32_t variantIndex, size_t index, Ident name) {
    const ty::FieldDef &field = variant.fields[index];
    if (!f.isAccessible(field.vis, name))
      f.err(name.span, "E0616", "field `" + std::string(f.str(name.name)) + "` of " + Crates::descr(t.adt()->isUnion() ? DefKind::Union : t.adt()->isEnum() ? DefKind::Enum : DefKind::Struct) +
                                    " `" + f.str(t) + "` is private")
          .label(name.span, "private field");
    path.push_back({variantIndex, uint32_t(index)});
    current_ = f.fieldTy(e_->span, field, t.args());
  }

  // Where a field stands depends on its alignment, which is known of sized types and of slices.
  void staticallyAligned(Ty field) {
    Ty tail = f.structurally(e_->span, field);
    for (unsigned depth = 0; depth < 64; ++depth) {
      if (tail.is(TyKind::Tuple) && !tail.tuple().empty())
        tail = f.structurally(e_->span, tail.tuple().back());
      else if (tail.is(TyKind::Adt) && tail.adt()->isStruct() && !tail.adt()->nonEnum().fields.empty())
        tail = f.structurally(e_->span, f.fieldTy(e_->span, tail.adt()->nonEnum().fields.back(), tail.args()));
      else
        break;
    }
    if (!tail.is(TyKind::Slice)) f.requireSized(field, Cause(e_->span, CauseCode::ConstSized));
  }

  bool noField(Ident name, Ty t) {
    if (!f.hasErr(t)) f.err(name.span, "E0609", "no field `" + std::string(f.str(name.name)) + "` on type `" + f.str(t) + "`").label(name.span, "unknown field");
    return false;
  }

  FnCtxt &f;
  const hir::OffsetOfExpr *e_;
  Ty current_;
  size_t next_ = 0;
};
} // namespace

Ty FnCtxt::checkOffsetOf(const hir::OffsetOfExpr *e) {
  Ty container = lowerTy(e->container);
  OffsetOfWalk walk(*this, e, container);
  walk.run();
  results.offsetOf[e->id] = {container, walk.path};
  return tcx.common.usize;
}

} // namespace ferric::typeck
