// A dump of the tree for reading: `-Zunpretty=ast-tree`. Items with their members, statements and expressions nest; types,
// patterns and paths are shown as source text, which says more than their nodes.
#include "ast/print.h"

namespace ferric::ast {

namespace {

const char *const kItemNames[] = {
#define ITEM(k) #k,
#include "ast/kinds.def"
};
const char *const kStmtNames[] = {
#define STMT(k) #k,
#include "ast/kinds.def"
};
const char *const kExprNames[] = {
#define EXPR(k) #k,
#include "ast/kinds.def"
};

class Dumper {
public:
  Dumper(const Session &sess, const Ast &ast, llvm::raw_ostream &os) : sess_(const_cast<Session &>(sess)), ast_(ast), os_(os) {}
  void items(llvm::ArrayRef<ItemId> ids) {
    for (ItemId id : ids)
      item(id);
  }

private:
  void line(const char *kind, Span span, llvm::StringRef detail = "") {
    os_.indent(2 * depth_) << kind;
    LineCol at = sess_.sources.lookup(span.lo);
    if (at.file)
      os_ << " @" << at.line << ':' << at.col;
    if (!detail.empty())
      os_ << ' ' << detail;
    os_ << '\n';
  }
  void item(ItemId id);
  void block(BlockId id);
  void expr(ExprId id);
  void exprs(llvm::ArrayRef<ExprId> ids) {
    for (ExprId e : ids)
      expr(e);
  }

  Session &sess_;
  const Ast &ast_;
  llvm::raw_ostream &os_;
  unsigned depth_ = 0;
};

void Dumper::item(ItemId id) {
  const Item &it = ast_.items[id];
  line(kItemNames[size_t(it.kind)], it.span, it.ident.valid() ? sess_.str(it.ident) : "");
  ++depth_;
  switch (it.kind) {
  case ItemKind::Mod: items(ast_.list(ast_.get<ModItem>(id).items)); break;
  case ItemKind::Trait: items(ast_.list(ast_.get<TraitItem>(id).items)); break;
  case ItemKind::Impl: items(ast_.list(ast_.get<ImplItem>(id).items)); break;
  case ItemKind::ForeignMod: items(ast_.list(ast_.get<ForeignModItem>(id).items)); break;
  case ItemKind::Expansion: items(ast_.list(ast_.get<ExpansionItem>(id).items)); break;
  case ItemKind::Static: expr(ast_.get<StaticItem>(id).value); break;
  case ItemKind::Const: expr(ast_.get<ConstItem>(id).value); break;
  case ItemKind::Fn:
    if (BlockId body = ast_.get<FnItem>(id).body)
      block(body);
    break;
  default: break;
  }
  --depth_;
}

void Dumper::block(BlockId id) {
  const Block &b = ast_.blocks[id];
  line(b.isUnsafe ? "unsafe block" : "block", b.span);
  ++depth_;
  forEachStmt(ast_, b.stmts, [&](StmtId s) {
    const Stmt &n = ast_.stmts[s];
    line(kStmtNames[size_t(n.kind)], n.span, n.kind == StmtKind::Let ? printPat(sess_, ast_, ast_.get<LetStmt>(s).pat) : "");
    ++depth_;
    switch (n.kind) {
    case StmtKind::Let: expr(ast_.get<LetStmt>(s).init); break;
    case StmtKind::Expr: expr(ast_.get<ExprStmt>(s).expr); break;
    case StmtKind::Semi: expr(ast_.get<SemiStmt>(s).expr); break;
    case StmtKind::Item: item(ast_.get<ItemStmt>(s).item); break;
    default: break;
    }
    --depth_;
  });
  --depth_;
}

void Dumper::expr(ExprId id) {
  if (!id)
    return;
  const Expr &n = ast_.exprs[id];
  bool leaf = n.kind == ExprKind::Lit || n.kind == ExprKind::Path || n.kind == ExprKind::MacroCall;
  line(kExprNames[size_t(n.kind)], n.span, leaf ? printExpr(sess_, ast_, id) : "");
  ++depth_;
  switch (n.kind) {
  case ExprKind::Unary: expr(ast_.get<UnaryExpr>(id).operand); break;
  case ExprKind::Binary: exprs({ast_.get<BinaryExpr>(id).lhs, ast_.get<BinaryExpr>(id).rhs}); break;
  case ExprKind::Assign: exprs({ast_.get<AssignExpr>(id).lhs, ast_.get<AssignExpr>(id).rhs}); break;
  case ExprKind::AssignOp: exprs({ast_.get<AssignOpExpr>(id).lhs, ast_.get<AssignOpExpr>(id).rhs}); break;
  case ExprKind::AddrOf: expr(ast_.get<AddrOfExpr>(id).operand); break;
  case ExprKind::Cast: expr(ast_.get<CastExpr>(id).operand); break;
  case ExprKind::Let: expr(ast_.get<LetExpr>(id).init); break;
  case ExprKind::If:
    expr(ast_.get<IfExpr>(id).cond);
    block(ast_.get<IfExpr>(id).then);
    expr(ast_.get<IfExpr>(id).otherwise);
    break;
  case ExprKind::While:
    expr(ast_.get<WhileExpr>(id).cond);
    block(ast_.get<WhileExpr>(id).body);
    break;
  case ExprKind::Loop: block(ast_.get<LoopExpr>(id).body); break;
  case ExprKind::ForLoop:
    expr(ast_.get<ForLoopExpr>(id).iter);
    block(ast_.get<ForLoopExpr>(id).body);
    break;
  case ExprKind::Match:
    expr(ast_.get<MatchExpr>(id).scrutinee);
    for (const Arm &a : ast_.list(ast_.get<MatchExpr>(id).arms)) {
      line("Arm", a.span, printPat(sess_, ast_, a.pat));
      ++depth_;
      expr(a.guard);
      expr(a.body);
      --depth_;
    }
    break;
  case ExprKind::Closure: expr(ast_.get<ClosureExpr>(id).body); break;
  case ExprKind::Block: block(ast_.get<BlockExpr>(id).block); break;
  case ExprKind::Gen: block(ast_.get<GenExpr>(id).block); break;
  case ExprKind::ConstBlock: expr(ast_.get<ConstBlockExpr>(id).konst.value); break;
  case ExprKind::TryBlock: block(ast_.get<TryBlockExpr>(id).block); break;
  case ExprKind::Call:
    expr(ast_.get<CallExpr>(id).callee);
    exprs(ast_.list(ast_.get<CallExpr>(id).args));
    break;
  case ExprKind::MethodCall:
    expr(ast_.get<MethodCallExpr>(id).receiver);
    exprs(ast_.list(ast_.get<MethodCallExpr>(id).args));
    break;
  case ExprKind::Field: expr(ast_.get<FieldExpr>(id).base); break;
  case ExprKind::Index: exprs({ast_.get<IndexExpr>(id).base, ast_.get<IndexExpr>(id).index}); break;
  case ExprKind::Range: exprs({ast_.get<RangeExpr>(id).lo, ast_.get<RangeExpr>(id).hi}); break;
  case ExprKind::Tuple: exprs(ast_.list(ast_.get<TupleExpr>(id).elems)); break;
  case ExprKind::Array: exprs(ast_.list(ast_.get<ArrayExpr>(id).elems)); break;
  case ExprKind::Repeat: expr(ast_.get<RepeatExpr>(id).elem); break;
  case ExprKind::Struct:
    for (const ExprField &f : ast_.list(ast_.get<StructExpr>(id).fields))
      expr(f.value);
    expr(ast_.get<StructExpr>(id).base);
    break;
  case ExprKind::Ret: expr(ast_.get<RetExpr>(id).value); break;
  case ExprKind::Break: expr(ast_.get<BreakExpr>(id).value); break;
  case ExprKind::Await: expr(ast_.get<AwaitExpr>(id).operand); break;
  case ExprKind::Try: expr(ast_.get<TryExpr>(id).operand); break;
  case ExprKind::Paren: expr(ast_.get<ParenExpr>(id).inner); break;
  default: break;
  }
  --depth_;
}

} // namespace

void dumpTree(const Session &sess, const Ast &ast, List<ItemId> items, llvm::raw_ostream &os) {
  Dumper(sess, ast, os).items(ast.list(items));
}

} // namespace ferric::ast
