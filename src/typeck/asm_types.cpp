// The types of inline assembly's operands, once they are known: each fits its register class, under the target features the function has
// (Reference: inline-assembly, "Register operands"; rustc_hir_typeck::inline_asm). Reported at the operand.
#include "layout/target.h"
#include "target/features.h"
#include "target/registers.h"
#include "ty/codegen_attrs.h"
#include "typeck/passes.h"

namespace ferric::typeck {

using ast::AsmOperandKind; using target::Element; using target::ValueType;

namespace {
class AsmOperandCheck {
public:
  AsmOperandCheck(FnCtxt &f, const hir::InlineAsm &a)
      : f(f), asm_(a), file_(*target::registersOf(target::archByName(f.tcx.target->arch))) {}

  void run() {
    for (const hir::AsmOperand &o : asm_.operands) {
      if (o.kind == AsmOperandKind::Const)
        constant(o);
      else if (o.kind == AsmOperandKind::Sym)
        symbol(o);
      else if (o.reg.valid())
        registerOperand(o);
    }
  }

private:
  FnCtxt &f;
  const hir::InlineAsm &asm_;
  const target::RegisterFile &file_;
  std::optional<llvm::StringSet<>> features_;

  bool hasFeature(llvm::StringRef name) {
    const layout::TargetSpec &t = *f.tcx.target;
    if (!features_) {
      features_ = target::enabledFeatures(t.arch, {t.features, f.tcx.sess.options.cpuFeatures, f.tcx.sess.options.targetFeatures});
      for (Symbol s : f.codegenAttrs(f.root.owner)->targetFeatures)
        target::enableFeature(*features_, t.arch, f.str(s));
    }
    return features_->contains(name);
  }

  Ty typeOf(const hir::Expr *e) { return f.resolve(f.adjustedTy(e)); }
  bool thin(Ty pointee) { return f.isSized(pointee) || f.resolve(pointee).is(TyKind::Foreign); }

  void constant(const hir::AsmOperand &o) {
    if (!o.constBody)
      return;
    Ty t = f.resolve(f.nodeTy(o.constBody->id));
    bool pointer = t.is(TyKind::FnPtr) || ((t.is(TyKind::RawPtr) || t.is(TyKind::Ref)) && thin(t.inner()));
    if (!t.isIntegral() && !pointer && !f.hasErr(t))
      f.err(o.span, "", "invalid type for `const` operand").label(o.constBody->span, "is a `" + f.str(t) + "`")
          .help("`const` operands must be of an integer or thin pointer type");
  }
  void symbol(const hir::AsmOperand &o) {
    if (!o.in)
      return; // a static, or reported
    Ty t = f.resolve(f.nodeTy(o.id));
    if (!t.is(TyKind::FnDef) && !f.hasErr(t))
      f.err(o.span, "", "invalid `sym` operand").label(o.in->span, "is a `" + f.str(t) + "`")
          .help("`sym` operands must refer to either a function or a static");
  }

  // ---- registers ----
  void registerOperand(const hir::AsmOperand &o) {
    llvm::StringRef name = f.str(o.reg), why;
    const target::RegClass *cls = file_.classOf(name, o.explicitReg);
    if (!cls)
      return;
    bool clobber = o.kind == AsmOperandKind::Out && o.explicitReg && !o.out;
    if (o.explicitReg) {
      const layout::TargetSpec &t = *f.tcx.target;
      const std::string &model = f.tcx.sess.options.relocationModel;
      auto has = [&](llvm::StringRef feature) { return hasFeature(feature); };
      target::TargetFacts facts{target::archByName(t.arch), t.os, t.env, model.empty() ? t.relocationModel : model, has};
      if (llvm::StringRef refused = target::refusal(*file_.regByName(name, why), facts, clobber); !refused.empty()) {
        f.err(o.span, "", "cannot use register `" + name + "`: " + refused);
        return;
      }
    }
    if (!clobber && !usable(o, *cls))
      return;
    switch (o.kind) {
    case AsmOperandKind::In: operandType(*cls, o.in, true, nullptr, {}); return;
    case AsmOperandKind::Out: if (o.out) operandType(*cls, o.out, false, nullptr, {}); return;
    case AsmOperandKind::InOut: operandType(*cls, o.in ? o.in : o.out, false, nullptr, {}); return;
    case AsmOperandKind::SplitInOut: {
      std::optional<ValueType> in = operandType(*cls, o.in, true, nullptr, {});
      if (o.out)
        operandType(*cls, o.out, false, o.in, in);
      return;
    }
    default: return;
    }
  }

  // Some type can be held by the class under the features that are on.
  bool usable(const hir::AsmOperand &o, const target::RegClass &cls) {
    SmallVector<llvm::StringRef, 4> missing;
    for (const target::SupportedType &s : cls.types) {
      if (s.feature.empty() || hasFeature(s.feature))
        return true;
      missing.push_back(s.feature);
    }
    llvm::sort(missing);
    missing.erase(llvm::unique(missing), missing.end());
    if (missing.empty())
      return true; // only clobbers may name it: reported
    if (missing.size() == 1)
      f.err(o.span, "", "register class `" + cls.name + "` requires the `" + missing[0] + "` target feature");
    else
      f.err(o.span, "", "register class `" + cls.name + "` requires at least one of the following target features: " + llvm::join(missing, ", "));
    return false;
  }

  // ---- types ----
  static std::optional<Element> elementOf(Ty t, unsigned pointerBytes) {
    auto bySize = [](unsigned bytes) { return bytes == 1 ? Element::I8 : bytes == 2 ? Element::I16 : bytes == 4 ? Element::I32 : bytes == 8 ? Element::I64 : Element::I128; };
    if (t.isIntegral())
      switch (t.intTy()) {
      case ty::IntTy::I8: return Element::I8;
      case ty::IntTy::I16: return Element::I16;
      case ty::IntTy::I32: return Element::I32;
      case ty::IntTy::I64: return Element::I64;
      case ty::IntTy::I128: return Element::I128;
      case ty::IntTy::Isize: return bySize(pointerBytes);
      }
    if (t.is(TyKind::Float))
      switch (t.floatTy()) {
      case ty::FloatTy::F16: return Element::F16;
      case ty::FloatTy::F32: return Element::F32;
      case ty::FloatTy::F64: return Element::F64;
      case ty::FloatTy::F128: return Element::F128;
      }
    return std::nullopt;
  }

  std::optional<ValueType> vectorType(Ty t, Span span) {
    const ty::FieldDef *first = t.adt()->isStruct() && !t.adt()->nonEnum().fields.empty() ? &t.adt()->nonEnum().fields[0] : nullptr;
    if (!first) {
      f.err(span, "", "use of empty SIMD vector `" + f.str(t) + "`");
      return std::nullopt;
    }
    Ty elem = f.fieldTy(span, *first, t.args());
    uint64_t lanes = t.adt()->nonEnum().fields.size();
    if (elem.is(TyKind::Array)) {
      if (!f.infcx.resolve(elem).len().tryBits(lanes)) {
        f.err(f.tcx.def(first->def).span, "", "cannot evaluate the length of the SIMD vector")
            .noteAt(span, "SIMD vector length needs to be known statically for use in `asm!`");
        return std::nullopt;
      }
      elem = f.resolve(elem.inner());
    }
    if (std::optional<Element> e = elementOf(elem, f.tcx.target->pointerBytes))
      return ValueType{*e, lanes};
    f.err(f.tcx.def(first->def).span, "", "cannot use SIMD vector with element type `" + f.str(elem) + "` for inline assembly")
        .noteAt(span, "only integers, floats, SIMD vectors, pointers and function pointers can be used as arguments for inline assembly");
    return std::nullopt;
  }

  // None: it cannot be in a register, reported.
  std::optional<ValueType> valueType(Ty t, Span span) {
    unsigned bytes = f.tcx.target->pointerBytes;
    Element pointer = bytes == 2 ? Element::I16 : bytes == 4 ? Element::I32 : Element::I64;
    if (std::optional<Element> e = elementOf(t, bytes))
      return ValueType{*e};
    if (t.is(TyKind::FnPtr) || (t.is(TyKind::RawPtr) && thin(t.inner())))
      return ValueType{pointer};
    if (t.is(TyKind::Adt) && t.adt()->repr.simd)
      return vectorType(t, span);
    if (t.is(TyKind::RawPtr))
      f.err(span, "", "cannot use value of unsized pointer type `" + f.str(t) + "` for inline assembly")
          .note("only sized pointers can be used in inline assembly");
    else
      f.err(span, "", "cannot use value of type `" + f.str(t) + "` for inline assembly")
          .note("only integers, floats, SIMD vectors, pointers and function pointers can be used as arguments for inline assembly");
    return std::nullopt;
  }

  std::optional<ValueType> operandType(const target::RegClass &cls, const hir::Expr *e, bool input, const hir::Expr *tiedTo, std::optional<ValueType> tied) {
    Ty t = typeOf(e);
    if (t.has(ty::kHasInfer) || f.hasErr(t) || (input && t.isNever()))
      return std::nullopt;
    Ty held = t.is(TyKind::Adt) && f.tcx.isLang(t.def(), sym::maybe_uninit) ? f.resolve(t.args()[0].ty()) : t;
    std::optional<ValueType> v = valueType(held, e->span);
    if (!v)
      return std::nullopt;
    if (!f.isCopy(t))
      f.err(e->span, "", "arguments for inline assembly must be copyable").note("`" + f.str(t) + "` does not implement the Copy trait");
    if (tied) { // what follows was checked for the input
      if (*tied != *v)
        f.err(tiedTo->span, "", "incompatible types for asm inout argument").alsoPrimary(e->span)
            .label(tiedTo->span, "type `" + f.str(typeOf(tiedTo)) + "`").label(e->span, "type `" + f.str(t) + "`")
            .note("asm inout arguments must have the same type, unless they are both pointers or integers of the same size");
      return v;
    }
    const target::SupportedType *s = cls.supports(*v);
    if (!s) {
      wrongClass(cls, e, t, *v);
    } else if (!s->feature.empty() && !hasFeature(s->feature)) {
      f.err(e->span, "", "`" + s->feature + "` target feature is not enabled")
          .note("this is required to use type `" + f.str(t) + "` with register class `" + cls.name + "`");
    }
    return v;
  }
  void wrongClass(const target::RegClass &cls, const hir::Expr *e, Ty t, const ValueType &v) {
    if (cls.clobberOnly())
      return; // reported when the operand was lowered
    std::string supported;
    for (const target::SupportedType &s : cls.types)
      supported += (supported.empty() ? "" : ", ") + s.type.str();
    diag::Builder d = f.err(e->span, "", "type `" + f.str(t) + "` cannot be used with this register class");
    d.note("register class `" + cls.name + "` supports these types: " + supported);
    if (v.bits() == 8 && (cls.name == "reg" || cls.name == "reg_abcd"))
      d.help("consider using the `reg_byte` register class instead");
  }
};
} // namespace

void checkAsms(FnCtxt &f) {
  if (!target::registersOf(target::archByName(f.tcx.target->arch)))
    return; // reported when the assembly was lowered
  for (const hir::InlineAsmExpr *e : f.root.asms)
    AsmOperandCheck(f, e->inner).run();
}

} // namespace ferric::typeck
