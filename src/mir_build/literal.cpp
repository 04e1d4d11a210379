// Values of literal tokens (Reference: "Literal expressions"). Floats are parsed by APFloat in the format of
// their type, so that no literal is rounded twice.
#include "lex/unescape.h"
#include "mir/alloc.h"
#include "mir_build/thir.h"
#include "llvm/ADT/APFloat.h"

namespace ferric::mir_build {

using lex::LitKind;

static std::string withoutUnderscores(llvm::StringRef text) {
  std::string s;
  s.reserve(text.size());
  for (char c : text)
    if (c != '_')
      s.push_back(c);
  return s;
}

bool literalBits(Ctx &tcx, const hir::Literal &lit, unsigned __int128 &out) {
  llvm::StringRef text = tcx.sess.str(lit.sym);
  switch (lit.kind) {
  case LitKind::Bool: out = lit.sym == sym::kw_true; return true;
  case LitKind::Byte:
  case LitKind::Char: out = lex::unescapeChar(text, lit.kind); return true;
  case LitKind::Integer: break;
  default: return false;
  }
  std::string digits = withoutUnderscores(text);
  llvm::StringRef d = digits;
  unsigned radix = 10;
  if (d.starts_with("0x"))
    radix = 16;
  else if (d.starts_with("0o"))
    radix = 8;
  else if (d.starts_with("0b"))
    radix = 2;
  if (radix != 10)
    d = d.drop_front(2);
  llvm::APInt v;
  if (d.getAsInteger(radix, v) || v.getActiveBits() > 128)
    return false;
  v = v.zextOrTrunc(128);
  out = static_cast<unsigned __int128>(v.getRawData()[1]) << 64 | v.getRawData()[0];
  return true;
}

std::string literalBytes(Ctx &tcx, const hir::Literal &lit) {
  llvm::SmallVector<char, 64> out;
  lex::unescape(tcx.sess.str(lit.sym), lit.kind, out);
  if (lit.kind == LitKind::CStr || lit.kind == LitKind::CStrRaw)
    out.push_back(0);
  return std::string(out.data(), out.size());
}

bool parseFloat(llvm::StringRef digits, ty::FloatTy ty, bool negated, ScalarInt &out) {
  const llvm::fltSemantics *const kSemantics[] = {&llvm::APFloat::IEEEhalf(), &llvm::APFloat::IEEEsingle(), &llvm::APFloat::IEEEdouble(), &llvm::APFloat::IEEEquad()};
  static constexpr uint8_t kSizes[] = {2, 4, 8, 16};
  llvm::APFloat f(*kSemantics[unsigned(ty)]);
  std::string text = withoutUnderscores(digits);
  llvm::Expected<llvm::APFloat::opStatus> status = f.convertFromString(text, llvm::APFloat::rmNearestTiesToEven);
  if (!status) {
    llvm::consumeError(status.takeError());
    return false;
  }
  if (negated)
    f.changeSign();
  llvm::APInt bits = f.bitcastToAPInt();
  out = {bits.getRawData()[0], bits.getNumWords() > 1 ? bits.getRawData()[1] : 0, kSizes[unsigned(ty)]};
  return true;
}

static mir::Constant sliceConstant(Ctx &tcx, llvm::StringRef bytes, Ty ty) {
  mir::Constant c;
  c.ty = ty;
  c.value.kind = mir::ConstValueKind::Slice;
  c.value.alloc = tcx.allocs->forBytes(bytes);
  c.value.meta = bytes.size();
  return c;
}

bool literalConstant(Ctx &tcx, const hir::Literal &lit, bool negated, Ty ty, mir::Constant &out) {
  Ty base = ty.is(TyKind::Pat) ? ty.inner() : ty;
  out = mir::Constant();
  out.ty = ty;
  out.span = lit.span;
  switch (lit.kind) {
  case LitKind::Str:
  case LitKind::StrRaw:
    if (!base.is(TyKind::Ref) || !base.inner().isStr())
      return false;
    out = sliceConstant(tcx, literalBytes(tcx, lit), ty);
    break;
  case LitKind::CStr:
  case LitKind::CStrRaw: out = sliceConstant(tcx, literalBytes(tcx, lit), ty); break;
  case LitKind::ByteStr:
  case LitKind::ByteStrRaw: {
    std::string bytes = literalBytes(tcx, lit);
    if (!base.is(TyKind::Ref))
      return false;
    if (base.inner().is(TyKind::Slice)) {
      out = sliceConstant(tcx, bytes, ty);
      break;
    }
    out.value.kind = mir::ConstValueKind::Scalar;
    out.value.scalar = mir::Scalar::ofPtr(tcx.allocs->forBytes(bytes), 0);
    break;
  }
  case LitKind::Bool:
  case LitKind::Byte:
  case LitKind::Char:
  case LitKind::Integer: {
    if (base.is(TyKind::Float)) {
      out.value.kind = mir::ConstValueKind::Scalar;
      return parseFloat(tcx.sess.str(lit.sym), base.floatTy(), negated, out.value.scalar.bits);
    }
    unsigned __int128 v = 0;
    unsigned size = mir::scalarSize(tcx, base);
    if (size == 0 || !literalBits(tcx, lit, v))
      return false;
    if (negated)
      v = -v;
    if (size < 16)
      v &= (static_cast<unsigned __int128>(1) << (size * 8)) - 1;
    out.value.kind = mir::ConstValueKind::Scalar;
    out.value.scalar.bits = {uint64_t(v), uint64_t(v >> 64), uint8_t(size)};
    break;
  }
  case LitKind::Float:
    if (!base.is(TyKind::Float))
      return false;
    out.value.kind = mir::ConstValueKind::Scalar;
    return parseFloat(tcx.sess.str(lit.sym), base.floatTy(), negated, out.value.scalar.bits);
  case LitKind::Err: return false;
  }
  out.span = lit.span;
  return true;
}

} // namespace ferric::mir_build
