// The MIR interpreter. Every function returns false when evaluation stopped; the Failure says why.
#pragma once
#include "ctfe/ctfe.h"
#include "ctfe/memory.h"
#include "mir/mir.h"
#include "llvm/ADT/APFloat.h"

namespace ferric::ctfe {

using mir::Operand; using mir::Place; using mir::Rvalue; using mir::Statement; using mir::Terminator;

// A value in memory: where, and of what type. `meta` for unsized ones.
struct Mem {
  Pointer ptr;
  Value meta;
  TyLayout type;
  uint64_t underAligned = 0; // reached through a pointer that is only aligned to this, which is too little; 0: it is aligned
};
// One or two scalars (ScalarPair layouts).
struct Imm {
  Value a, b;
};

struct Frame {
  const mir::Body *body = nullptr;
  Instance instance;
  std::vector<Mem> locals;
  std::vector<uint8_t> live;   // 0 never used, 1 live, 2 dead
  mir::BlockId block{0};
  size_t statement = 0;
  Mem dest;                    // where the caller wants the result
  mir::BlockId returnTo;       // none: the call does not return
  Span callSpan;               // of the call that made this frame
  Span location;               // of the statement being run
};

class Interp {
public:
  explicit Interp(Ctx &tcx) : tcx(tcx), memory(tcx, failure) {}
  // Evaluates `body` with generic arguments to a value in local memory.
  bool evalBody(const mir::Body *body, const Instance &instance, Mem &out);
  // The value of a constant, in memory (session or local).
  bool evalConstant(const mir::Constant &c, Mem &out);
  // The span of the innermost frame in user code, and the frames from the inside out, for the error's notes.
  struct Backtrace { Span span; std::vector<std::pair<Span, std::string>> frames; } backtrace;

  bool fail(const llvm::Twine &message) { return memory.fail(message); }

  Ctx &tcx;
  Failure failure;
  Memory memory;

private:
  // ---- eval.cpp ----
  bool pushFrame(const mir::Body *body, const Instance &instance, const Mem &dest, mir::BlockId returnTo, Span callSpan);
  bool evalRequired();
  bool popFrame();
  bool run(size_t baseDepth);
  bool step(Frame &f);
  bool statement(const Statement &s);
  bool terminator(const Terminator &t);
  bool switchInt(const Terminator &t);
  bool assertCond(const Terminator &t);
  void recordBacktrace();
  bool takesTooLong(Span span);
  Frame &frame() { return stack_.back(); }

  // ---- place.cpp ----
  Ty subst(Ty t);
  GenericArgs subst(GenericArgs a);
  bool typed(Ty t, TyLayout &out);         // layout or TooGeneric/error
  bool local(mir::Local l, Mem &out);
  bool place(const Place &p, Mem &out);
  bool accessible(const Mem &m);             // what is read or written must be aligned
  void checkAligned(Mem &m);
  bool project(Mem base, const mir::ProjElem &e, Mem &out);
  bool field(const Mem &base, size_t index, Mem &out);
  bool index(const Mem &base, uint64_t i, Mem &out);
  bool length(const Mem &m, uint64_t &out); // of an array or slice
  bool deref(const Mem &pointer, Mem &out);
  bool memOfPointer(const Imm &p, Ty pointee, Mem &out);
  bool operand(const Operand &o, Mem &out);  // in memory
  bool operandImm(const Operand &o, Imm &out, TyLayout &type);
  bool readImm(const Mem &m, Imm &out);
  bool writeImm(const Mem &m, const Imm &v);
  bool readBits(const Mem &m, u128 &out);
  bool copyValue(const Mem &from, const Mem &to);
  bool sizeAlignOf(const Mem &m, uint64_t &size, uint64_t &align); // dynamic ones by metadata
  bool temp(Ty t, Mem &out);
  bool tempOf(const TyLayout &t, Mem &out);

  // ---- ops.cpp ----
  bool assign(const Mem &dest, const Rvalue &rv);
  bool aggregate(const Mem &dest, const Rvalue &rv);
  bool binary(mir::BinOp op, const Imm &l, const TyLayout &lt, const Imm &r, const TyLayout &rt, const Mem &dest);
  bool binaryFloat(mir::BinOp op, u128 l, u128 r, Ty t, const Mem &dest);
  bool binaryPtr(mir::BinOp op, const Imm &l, const Imm &r, const TyLayout &lt, const Mem &dest);
  bool unary(mir::UnOp op, const Mem &operand, const Mem &dest);
  bool cast(const Rvalue &rv, const Mem &dest);
  bool unsize(const Mem &src, const Mem &dest);
  bool unsizePtr(const Mem &src, Ty srcPointee, Ty dstPointee, const Mem &dest);
  bool readDiscriminant(const Mem &m, u128 &discr, uint32_t &variant);
  bool writeDiscriminant(const Mem &m, uint32_t variant);
  bool mayBeNull(Pointer p);
  bool pointerOffset(Pointer p, i128 bytes, Pointer &out);

  // ---- call.cpp ----
  bool call(const Terminator &t);
  bool callInstance(const Instance &instance, llvm::ArrayRef<Mem> args, bool rustCall, const Mem &dest, mir::BlockId target, Span span);
  bool drop(const Terminator &t);
  bool dropMem(const Mem &m, mir::BlockId target, Span span);
  bool instanceOfFnPtr(const Value &v, Instance &out);
  bool panicHook(DefId def, llvm::ArrayRef<Mem> args, bool &handled);
  bool readStr(const Mem &wide, std::string &out);
  bool callerLocation(Mem &out);
  const mir::Body *bodyOf(const Instance &instance);

  // ---- intrinsics.cpp ----
  // handled=false: not one of ours; the caller tries the fallback body.
  bool intrinsic(Symbol name, const Instance &instance, llvm::ArrayRef<Mem> args, const Mem &dest, mir::BlockId target, Span span, bool &handled, bool &jumped);
  bool intIntrinsic(llvm::StringRef name, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled);
  bool memIntrinsic(llvm::StringRef name, const Instance &instance, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled);
  bool typeIntrinsic(llvm::StringRef name, const Instance &instance, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled);
  bool ptrIntrinsic(llvm::StringRef name, const Instance &instance, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled);
  // ---- intrinsics_float.cpp ----
  bool floatIntrinsic(llvm::StringRef name, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled);
  // ---- intrinsics_simd.cpp ----
  bool simdIntrinsic(llvm::StringRef name, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled);
  bool simdLanes(llvm::StringRef name, llvm::ArrayRef<Mem> args, const Mem &dest, bool &handled);
  bool simdOperator(mir::BinOp op, const Mem &l, const Mem &r, const Mem &dest);
  bool writeBits(const Mem &dest, u128 bits);
  bool writeTypeId(Ty t, const Mem &dest);

  // ---- type_info.cpp ----
  bool readTypeId(const Mem &m, Ty &out);
  bool writeTypeInfo(const Mem &id, const Mem &dest);                                          // `type_of`
  bool writeVtableOf(const Mem &typeIdPlace, const Mem &traitIdPlace, const Mem &dest);        // `type_id_vtable`

  friend class ValTrees;
  friend class TypeInfoWriter;
  friend class Validator;
  std::vector<Frame> stack_;
  llvm::DenseSet<std::pair<const void *, const void *>> required_; // bodies and arguments whose required constants were evaluated
  uint64_t steps_ = 0;
};

// The trait that gives a trait object its methods; none: it has only auto traits.
DefId principal(ty::ExistentialPredicates preds);

// A float's bits as a number, and the bits of a result.
llvm::APFloat toFloat(u128 bits, Ty t);
u128 fromApInt(const llvm::APInt &v);

#define TRY(e)                                                                                     \
  do {                                                                                             \
    if (!(e))                                                                                      \
      return false;                                                                                \
  } while (0)

} // namespace ferric::ctfe
