// format_args! (library/core/src/fmt/mod.rs; rustc_ast_lowering::format). With placeholders:
//   { super let args = (&a, &b); super let args = [<Argument>::new_display(args.0), ..]; unsafe { <Arguments>::new(b"..", &args) } }
// without: <Arguments>::from_str("text"), or from_str_nonconst when there were arguments that have been inlined.
#include "lower/format_template.h"
#include "lower/lowering.h"

namespace ferric::lower {

static llvm::StringRef constructorOf(const Options &o, const FormatSlot &s) {
  if (s.isCount)
    return "from_usize";
  switch (s.trait) {
  case ast::FormatTrait::Display: return "new_display";
  case ast::FormatTrait::Debug: return o.fmtDebug == "none" ? "new_debug_noop" : "new_debug";
  case ast::FormatTrait::LowerExp: return "new_lower_exp";
  case ast::FormatTrait::UpperExp: return "new_upper_exp";
  case ast::FormatTrait::Octal: return "new_octal";
  case ast::FormatTrait::Pointer: return "new_pointer";
  case ast::FormatTrait::Binary: return "new_binary";
  case ast::FormatTrait::LowerHex: return "new_lower_hex";
  case ast::FormatTrait::UpperHex: return "new_upper_hex";
  }
  return "";
}

const hir::Expr *Lowering::formatArgs(ast::ExprId id, const ast::FormatArgsExpr &f) {
  Span span = desugared(ast.exprs[id].span, DesugaringKind::FormatLiteral);
  FormatTemplate t;
  ArrayRef<ast::FormatPiece> pieces = ast.list(f.pieces);
  ArrayRef<ast::FormatArg> args = ast.list(f.args);
  t.pieces.assign(pieces.begin(), pieces.end());
  t.args.assign(args.begin(), args.end());
  bool constant = t.args.empty();
  flattenFormat(ast, t);
  inlineFormatLiterals(ast, sess.symbols, t, 64);
  EncodedFormat encoded = encodeFormat(sess.symbols, t);

  auto constructor = [&](llvm::StringRef lang, llvm::StringRef fn, Span at) {
    const hir::Ty *self = pathTy(at, langItemPath(lang, at));
    return pathExprOf(at, typeRelative(self, Ident{intern(fn), at}));
  };
  if (encoded.isPlain) {
    const hir::Expr *fn = constructor("format_arguments", constant ? "from_str" : "from_str_nonconst", span);
    return callOf(span, fn, {strLit(f.span, encoded.text, lex::LitKind::StrRaw)});
  }

  SmallVector<hir::Stmt, 2> lets;
  const hir::Expr *array;
  Ident name = Ident{intern("args"), span};
  if (t.args.empty()) {
    array = make<hir::ArrayExpr>(span);
  } else {
    hir::TupleExpr *tuple = make<hir::TupleExpr>(span);
    SmallVector<const hir::Expr *, 8> elems;
    for (const ast::FormatArg &a : t.args)
      elems.push_back(addrOf(ast.exprs[a.value].span.withCtxt(span.ctxt), expr(a.value), hir::Mutability::Not));
    tuple->elems = arr(elems);
    hir::LocalId tupleLocal, arrayLocal;
    const hir::Pat *tuplePat = bindingPat(span, name, tupleLocal);
    lets.push_back(letOf(span, tuplePat, tuple, true));
    SmallVector<const hir::Expr *, 8> values;
    for (const FormatSlot &s : encoded.slots) {
      if (s.arg >= t.args.size()) {
        values.push_back(make<hir::ErrExpr>(span));
        continue;
      }
      Span argSpan = ast.exprs[t.args[s.arg].value].span;
      Span at = (s.span.isDummy() ? argSpan : s.span).withCtxt(span.ctxt);
      hir::FieldExpr *field = make<hir::FieldExpr>(t.args[s.arg].kind == ast::FormatArgKind::Captured ? at : argSpan.withCtxt(span.ctxt));
      field->base = localExpr(span, name, tupleLocal);
      field->field = Ident{sess.symbols.internInt(s.arg), span};
      values.push_back(callOf(at, constructor("format_argument", constructorOf(sess.options, s), at), {field}));
    }
    hir::ArrayExpr *a = make<hir::ArrayExpr>(span);
    a->elems = arr(values);
    const hir::Pat *arrayPat = bindingPat(span, name, arrayLocal);
    lets.push_back(letOf(span, arrayPat, a, true));
    array = localExpr(span, name, arrayLocal);
  }
  const hir::Expr *bytes = strLit(span, encoded.bytes, lex::LitKind::ByteStrRaw);
  const hir::Expr *fn = constructor("format_arguments", "new", span);
  const hir::Expr *made = callOf(span, fn, {bytes, addrOf(span, array, hir::Mutability::Not)});
  const hir::Expr *unsafeBlock = blockToExpr(makeBlock(span, {}, made, hir::BlockSafety::CompilerUnsafe));
  if (lets.empty())
    return unsafeBlock;
  return blockToExpr(makeBlock(span, lets, unsafeBlock));
}

} // namespace ferric::lower
