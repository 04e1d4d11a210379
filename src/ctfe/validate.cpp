// A walk over a value by its type. Leaves are checked for initialisation, provenance and their range of values,
// references for what they lead to, which is put on a list and walked afterwards, each place once for each type. Where
// in the value something is wrong is kept as a path for the message.
#include "ctfe/validate.h"
#include "traits/type_info.h"
#include "ty/print.h"
#include <set>

namespace ferric::ctfe {

using ty::TyKind;

class Validator {
public:
  Validator(Interp &in, ValueOf of) : in_(in), tcx_(in.tcx), of_(of) {}

  bool run(const Mem &root) {
    todo_.push_back({root, ""});
    for (size_t i = 0; i < todo_.size(); ++i) {
      Mem m = todo_[i].first;
      path_ = todo_[i].second;
      inner_ = i > 0;
      TRY(value(m));
    }
    return true;
  }

private:
  // What was wrong underneath becomes the reason; errors that were reported elsewhere stay so.
  bool invalid(const llvm::Twine &why) {
    Failure &f = in_.failure;
    if (f.outcome != mir::EvalOutcome::Value && (f.message.empty() || f.outcome == mir::EvalOutcome::TooGeneric))
      return false;
    f.outcome = mir::EvalOutcome::Error;
    f.message =
        "constructing invalid value" + (path_.empty() ? std::string() : " at " + path_) + ": encountered " + why.str();
    return false;
  }
  template <class F> bool at(const llvm::Twine &elem, F f) {
    size_t length = path_.size();
    path_ += elem.str();
    bool ok = f();
    if (ok)
      path_.resize(length);
    return ok;
  }

  bool scalar(const Mem &m, const char *expected, Value &out, bool pointer = false) {
    Imm v;
    if (!in_.readImm(m, v))
      return invalid(llvm::Twine("uninitialized memory, but expected ") + expected);
    if (v.a.kind == Value::Ptr && !pointer)
      return invalid(llvm::Twine("a pointer, but expected ") + expected);
    out = v.a;
    return true;
  }

  // True, with `done` set, for types whose values have no parts.
  bool primitive(const Mem &m, bool &done) {
    Value v;
    done = true;
    switch (m.type.ty.kind()) {
    case TyKind::Bool:
      TRY(scalar(m, "a boolean", v));
      return v.bits <= 1 || invalid("0x" + llvm::utohexstr(uint64_t(v.bits), true) + ", but expected a boolean");
    case TyKind::Char:
      TRY(scalar(m, "a unicode scalar value", v));
      return (v.bits <= 0x10FFFF && (v.bits < 0xD800 || v.bits > 0xDFFF)) ||
             invalid("0x" + llvm::utohexstr(uint64_t(v.bits), true) + ", but expected a valid unicode scalar value");
    case TyKind::Int:
    case TyKind::Uint:
      return scalar(m, "an integer", v);
    case TyKind::Float:
      return scalar(m, "a floating point number", v);
    case TyKind::RawPtr:
      return rawPointer(m);
    case TyKind::Ref:
      return reference(m, "reference", m.type.ty.mut() == ty::Mutability::Mut);
    case TyKind::FnPtr:
      return functionPointer(m);
    case TyKind::Never:
      return invalid("a value of the never type `!`");
    case TyKind::Foreign:
    case TyKind::FnDef:
      return true;
    default:
      done = false;
      return true;
    }
  }

  bool functionPointer(const Mem &m) {
    Value v;
    TRY(scalar(m, "a function pointer", v, true));
    if (v.kind != Value::Ptr || v.ptr.addr != 0 || isLocalAlloc(v.ptr.alloc) ||
        (*tcx_.allocs)[v.ptr.alloc].kind != GlobalAllocKind::Function)
      return invalid("a value that is no function, but expected a function pointer");
    return true;
  }

  bool pointee(const Mem &m, const char *what, Mem &out) {
    Imm v;
    if (!in_.readImm(m, v))
      return invalid(llvm::Twine("uninitialized memory, but expected ") + what);
    TRY(in_.memOfPointer(v, m.type.ty.inner(), out));
    return out.type->sized || metadata(out);
  }
  bool rawPointer(const Mem &m) {
    Mem to;
    return pointee(m, "a raw pointer", to);
  }
  bool metadata(const Mem &to) {
    Ty tail = layout::structLockstepTails(tcx_, to.type.ty, to.type.ty).first;
    if (tail.is(TyKind::Dynamic)) {
      if (to.meta.kind != Value::Ptr || isLocalAlloc(to.meta.ptr.alloc) || to.meta.ptr.addr != 0 ||
          (*tcx_.allocs)[to.meta.ptr.alloc].kind != GlobalAllocKind::VTable)
        return invalid("a pointer that is no vtable, but expected a vtable pointer");
      const GlobalAlloc &vtable = (*tcx_.allocs)[to.meta.ptr.alloc];
      if (principal(vtable.preds) != principal(tail.preds()))
        return invalid("wrong trait in wide pointer vtable");
      return true;
    }
    if (tail.is(TyKind::Foreign))
      return true;
    return to.meta.isBits() || invalid("a length that is no number, but expected an integer");
  }
  // A box is a reference that owns: the pointer in it is checked like one, and the allocator as a value.
  bool box(const Mem &m) {
    Mem pointer = m;
    while (pointer.type.ty.is(TyKind::Adt))
      TRY(in_.field(pointer, 0, pointer));
    TRY(reference(pointer, "box", true));
    Mem allocator;
    TRY(in_.field(m, 1, allocator));
    return at(".1", [&] { return value(allocator); });
  }

  bool reference(const Mem &m, const char *what, bool mut) {
    Mem to;
    TRY(pointee(m, (llvm::Twine("a ") + what).str().c_str(), to));
    uint64_t size = 0, align = 1;
    if (to.type->sized || !layout::structLockstepTails(tcx_, to.type.ty, to.type.ty).first.is(TyKind::Foreign))
      TRY(in_.sizeAlignOf(to, size, align));
    else
      align = to.type->align;
    if (size >> 63)
      return invalid("invalid reference metadata: total size is bigger than largest supported object");
    if (to.ptr.isInt() && to.ptr.addr == 0)
      return invalid(llvm::Twine("a null ") + what);
    if (!mayDangle_)
      TRY(dereferenceable(to, size, what));
    TRY(aligned(to, align, what));
    if (to.type->uninhabited)
      return invalid(llvm::Twine("a ") + what + " pointing to uninhabited type " + ty::show(tcx_, to.type.ty));
    return mayDangle_ || follow(to, mut);
  }

  // Size and alignment of what an id stands for; false: freed.
  bool extent(AllocId id, uint64_t &size, uint64_t &align) {
    size = 0, align = 1;
    if (isLocalAlloc(id))
      return false;
    const GlobalAlloc &g = (*tcx_.allocs)[id];
    if (g.kind == GlobalAllocKind::Memory) {
      size = g.memory->bytes.size(), align = g.memory->align;
    } else if (g.kind == GlobalAllocKind::Static) {
      TyLayout l = layout::tyLayout(tcx_, ty::eraseRegions(tcx_, tcx_.typeOf(g.def)));
      if (l->ok())
        size = l->size, align = l->align;
    } else if (g.kind == GlobalAllocKind::VTable) {
      align = 8; // and nothing in it to be read
    }
    return true;
  }
  bool dereferenceable(const Mem &to, uint64_t size, const char *what) {
    if (to.ptr.isInt())
      return size == 0 ||
             invalid(llvm::Twine("a dangling ") + what + " (0x" + llvm::utohexstr(to.ptr.addr, true) + "[noalloc] has no provenance)");
    uint64_t have = 0, align = 1;
    if (!extent(to.ptr.alloc, have, align))
      return invalid(llvm::Twine("a dangling ") + what + " (use-after-free)");
    if (to.ptr.addr > have || size > have - to.ptr.addr)
      return invalid(llvm::Twine("a dangling ") + what + " (going beyond the bounds of its allocation)");
    return true;
  }
  bool aligned(const Mem &to, uint64_t align, const char *what) {
    uint64_t have = 0, allocAlign = align;
    if (!to.ptr.isInt() && !extent(to.ptr.alloc, have, allocAlign))
      return true;
    uint64_t found = std::min(allocAlign, to.ptr.addr ? to.ptr.addr & (~to.ptr.addr + 1) : allocAlign);
    return found >= align || invalid(llvm::Twine("an unaligned ") + what + " (required " + llvm::Twine(align) +
                                     " byte alignment but found " + llvm::Twine(found) + ")");
  }

  // What a reference leads to is checked in its turn. Other statics are sound by themselves.
  bool follow(const Mem &to, bool mut) {
    bool skip = false;
    if (!to.ptr.isInt()) {
      const GlobalAlloc &g = (*tcx_.allocs)[to.ptr.alloc];
      bool isMutable = g.kind == GlobalAllocKind::Memory && g.memory->mutable_;
      if (g.kind == GlobalAllocKind::Static) {
        isMutable = isMutableStatic(g.def);
        skip = of_ != ValueOf::Const || isMutable || tcx_.defKind(tcx_.parent(g.def)) == DefKind::ForeignMod;
      } else if (g.kind != GlobalAllocKind::Memory) {
        skip = true;
      }
      uint64_t size = 0, align = 1;
      extent(to.ptr.alloc, size, align);
      if (size != 0 && mut && !isMutable)
        return invalid("mutable reference or box pointing to read-only memory");
    }
    if (!skip &&
        seen_.insert({to.ptr.alloc.raw, to.ptr.addr, to.type.ty.p, uint64_t(to.meta.bits), to.meta.ptr.alloc.raw})
            .second)
      todo_.push_back({to, path_ + ".<deref>"});
    return true;
  }
  bool isMutableStatic(DefId def) {
    if (tcx_.crates.itemAs<ast::StaticItem>(def).mut == ty::Mutability::Mut)
      return true;
    return !traits::typeIsFreeze(tcx_, {}, ty::eraseRegions(tcx_, tcx_.typeOf(def)));
  }

  // Memory that may change is no place for what a constant holds behind a reference.
  bool cellInConstant(const Mem &m, bool isCell) {
    if (!isCell || (of_ == ValueOf::Const && !inner_) || m.ptr.isInt())
      return true;
    uint64_t size = 0, align = 1;
    TRY(in_.sizeAlignOf(m, size, align));
    const GlobalAlloc &g = (*tcx_.allocs)[m.ptr.alloc];
    bool isMutable = (g.kind == GlobalAllocKind::Memory && g.memory->mutable_) ||
                     (g.kind == GlobalAllocKind::Static && isMutableStatic(g.def));
    return size == 0 || isMutable || invalid("`UnsafeCell` in read-only memory");
  }

  bool value(const Mem &m) {
    bool done = false;
    TRY(primitive(m, done));
    if (done)
      return true;
    if (m.type.ty.isBox())
      return box(m);
    const ty::AdtDef *adt = m.type.ty.is(TyKind::Adt) ? m.type.ty.adt() : nullptr;
    TRY(cellInConstant(m, adt && adt->isUnsafeCell));
    bool dangle = mayDangle_;
    mayDangle_ |= adt && adt->isMaybeDangling;
    TRY(parts(m, adt));
    mayDangle_ = dangle;
    if (m.type->uninhabited)
      return invalid("a value of uninhabited type `" + ty::show(tcx_, m.type.ty) + "`");
    return ranges(m);
  }

  bool parts(const Mem &m, const ty::AdtDef *adt) {
    switch (m.type.ty.kind()) {
    case TyKind::Str:
      return text(m);
    case TyKind::Array:
    case TyKind::Slice:
      return elements(m);
    case TyKind::Dynamic: {
      Mem concrete{m.ptr, {}, {}};
      TRY(in_.typed((*tcx_.allocs)[m.meta.ptr.alloc].ty, concrete.type));
      return at(".<dyn-downcast>", [&] { return value(concrete); });
    }
    case TyKind::Pat: {
      Mem base = m;
      TRY(in_.typed(m.type.ty.inner(), base.type));
      return value(base);
    }
    default:
      break;
    }
    if (adt && adt->isUnion())
      return cellInConstant(m, !traits::typeIsFreeze(tcx_, {}, m.type.ty));
    if (adt && adt->isEnum())
      return variant(m, *adt);
    if (m.type->fields != layout::FieldsKind::Arbitrary)
      return true;
    return fields(m, adt ? &adt->variants[0] : nullptr);
  }

  bool fields(const Mem &m, const ty::VariantDef *v) {
    for (size_t i = 0; i < m.type->fieldCount(); ++i) {
      Mem f;
      TRY(in_.field(m, i, f));
      std::string name = v && i < v->fields.size() ? tcx_.sess.str(v->fields[i].name).str() : std::to_string(i);
      TRY(at("." + name, [&] { return value(f); }));
    }
    return true;
  }

  bool variant(const Mem &m, const ty::AdtDef &adt) {
    const Layout &l = *m.type.layout;
    if (l.variants == layout::VariantsKind::Empty)
      return invalid("a value of uninhabited type `" + ty::show(tcx_, m.type.ty) + "`");
    if (l.variants == layout::VariantsKind::Multiple) {
      Value tag;
      if (!in_.memory.readScalar(m.ptr.plus(l.offsets[0]), l.tag.size(), tag))
        return at(".<enum-tag>", [&] { return invalid("uninitialized memory, but expected an integer"); });
      if (tag.kind == Value::Ptr && !l.tag.prim.isPtr())
        return at(".<enum-tag>", [&] { return invalid("a pointer, but expected an integer"); });
    }
    u128 discr = 0;
    uint32_t index = 0;
    if (!in_.readDiscriminant(m, discr, index))
      return at(".<enum-tag>", [&] { return invalid("an invalid value, but expected a valid enum tag"); });
    Mem v = m;
    v.type = layout::forVariant(tcx_, m.type, index);
    if (v.type->uninhabited)
      return at(".<enum-tag>", [&] { return invalid("an uninhabited enum variant"); });
    return at(".<enum-variant(" + tcx_.sess.str(adt.variants[index].name) + ")>",
              [&] { return fields(v, &adt.variants[index]); });
  }

  // Whether it is UTF-8 is the library's invariant, not the language's.
  bool text(const Mem &m) {
    llvm::SmallVector<uint8_t, 64> bytes;
    return (m.meta.isBits() && in_.memory.readBytes(m.ptr, uint64_t(m.meta.bits), bytes)) ||
           invalid("uninitialized memory, but expected a string");
  }

  bool elements(const Mem &m) {
    uint64_t n = 0;
    TRY(in_.length(m, n));
    TyLayout elem;
    TRY(in_.typed(m.type.ty.inner(), elem));
    if (elem.ty.isIntegral() || elem.ty.isFloating()) {
      llvm::SmallVector<uint8_t, 64> bytes;
      if (in_.memory.readBytes(m.ptr, n * elem->size, bytes))
        return true;
      return invalid("uninitialized memory or a pointer in an array, but expected numbers");
    }
    for (uint64_t i = 0; i < (elem->size ? n : std::min<uint64_t>(n, 1)); ++i) {
      Mem e;
      TRY(in_.index(m, i, e));
      TRY(at("[" + llvm::Twine(i) + "]", [&] { return value(e); }));
    }
    return true;
  }

  // Layouts know more than fields of types like NonNull.
  bool ranges(const Mem &m) {
    if (m.type->isScalar() && !m.type->a.isUnion) {
      Value v;
      return in_.memory.readScalar(m.ptr, m.type->a.size(), v) ? inRange(v, m.type->a)
                                                               : invalid("uninitialized memory");
    }
    if (m.type->isPair() && !m.type->a.isUnion && !m.type->b.isUnion) {
      Imm v;
      return in_.readImm(m, v) ? inRange(v.a, m.type->a) && inRange(v.b, m.type->b) : invalid("uninitialized memory");
    }
    return true;
  }
  bool inRange(const Value &v, const layout::Scalar &s) {
    if (s.alwaysValid())
      return true;
    if (v.kind == Value::Ptr) {
      bool nonNull = s.range.start == 1 && s.range.end == layout::maskOf(s.size());
      return nonNull || invalid("a pointer with unknown absolute address, but expected something in a range");
    }
    return s.range.contains(v.bits) ||
           invalid(llvm::Twine(uint64_t(v.bits)) + ", but expected something in its valid range");
  }

  Interp &in_;
  Ctx &tcx_;
  ValueOf of_;
  bool inner_ = false;     // behind a reference
  bool mayDangle_ = false; // inside MaybeDangling: references are not followed
  std::string path_;
  std::vector<std::pair<Mem, std::string>> todo_;
  std::set<std::tuple<uint32_t, uint64_t, const void *, uint64_t, uint32_t>> seen_;
};

bool validateValue(Interp &in, const Mem &root, ValueOf of) { return Validator(in, of).run(root); }

} // namespace ferric::ctfe
