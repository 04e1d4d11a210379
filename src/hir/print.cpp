// A recursive printer, one case per kind. Everything is parenthesised by blocks or calls only where rustc's own
// HIR printer would be ambiguous; it is made for reading and for FileCheck.
#include "hir/print.h"
#include "defs/crate.h"

namespace ferric::hir {

namespace {

const char *text(BinOp op) {
  static const char *const kText[] = {"+", "-", "*", "/", "%", "&&", "||", "^", "&", "|", "<<", ">>", "==", "<", "<=", "!=", ">=", ">"};
  return kText[unsigned(op)];
}

class Printer {
public:
  Printer(const Session &sess, const Crates &crates, llvm::raw_ostream &os) : sess_(sess), crates_(crates), os_(os) {}

  void body(const Body &b) {
    if (!b.params.empty() || b.kind == BodyKind::Fn) {
      os_ << "fn(";
      list(b.params, [&](const Param &p) { pat(p.pat); });
      os_ << ") ";
    }
    expr(b.value);
    os_ << '\n';
  }

  void item(const Item &i) {
    os_ << Crates::descr(crates_.kind(i.def), &crates_.def(i.def)) << ' ' << crates_.path(i.def);
    generics(i.generics);
    if (i.impl.self) {
      os_ << " impl ";
      if (i.impl.traitPath) {
        path(*i.impl.traitPath);
        os_ << " for ";
      }
      ty(i.impl.self);
    }
    if (!i.decl.inputs.empty() || i.decl.output) {
      os_ << '(';
      list(i.decl.inputs, [&](const Ty *t) { ty(t); });
      os_ << ')';
      if (i.decl.output) {
        os_ << " -> ";
        ty(i.decl.output);
      }
    }
    if (!i.bounds.empty()) {
      os_ << ": ";
      bounds(i.bounds);
    }
    if (i.ty) {
      os_ << " = ";
      ty(i.ty);
    }
    for (const FieldSig &f : i.fields) {
      os_ << "\n  " << sess_.str(crates_.name(f.def)) << ": ";
      ty(f.ty);
    }
    where(i.generics);
    os_ << '\n';
  }

private:
  template <class L, class F> void list(const L &l, F f) {
    bool first = true;
    for (const auto &x : l) {
      if (!first)
        os_ << ", ";
      first = false;
      f(x);
    }
  }
  void indent() { os_.indent(2 * depth_); }
  void name(Ident i) { os_ << (i.valid() ? sess_.str(i) : llvm::StringRef("_")); }
  void lifetime(const Lifetime &l) {
    switch (l.kind) {
    case LifetimeKind::Static: os_ << "'static"; break;
    case LifetimeKind::Param:
      if (l.def.valid() && sess_.str(crates_.name(l.def)) == "'_")
        os_ << "'_" << l.def.index();
      else
        os_ << sess_.str(crates_.name(l.def));
      break;
    default: os_ << "'_"; break;
    }
  }
  void generics(const Generics &g) {
    if (g.params.empty())
      return;
    os_ << '<';
    list(g.params, [&](const GenericParam &p) { param(p); });
    os_ << '>';
  }
  void param(const GenericParam &p) {
    if (p.kind == ParamKind::Const)
      os_ << "const ";
    name(p.ident);
    if (p.elided)
      os_ << p.def.index();
    if (p.ty) {
      os_ << (p.kind == ParamKind::Const ? ": " : " = ");
      ty(p.ty);
    }
  }
  void forParams(ArrayRef<GenericParam> ps) {
    if (ps.empty())
      return;
    os_ << "for<";
    list(ps, [&](const GenericParam &p) { param(p); });
    os_ << "> ";
  }
  void where(const Generics &g) {
    for (const WherePredicate &w : g.where) {
      os_ << "\n  where ";
      forParams(w.forParams);
      if (w.bounded)
        ty(w.bounded);
      else
        lifetime(w.lifetime);
      os_ << ": ";
      bounds(w.bounds);
    }
  }
  void bounds(ArrayRef<GenericBound> bs) {
    bool first = true;
    for (const GenericBound &b : bs) {
      if (!first)
        os_ << " + ";
      first = false;
      if (b.polarity == ast::BoundPolarity::Maybe)
        os_ << '?';
      if (b.polarity == ast::BoundPolarity::Negative)
        os_ << '!';
      if (b.kind == BoundKind::Outlives) {
        lifetime(b.lifetime);
      } else if (b.kind == BoundKind::Use) {
        os_ << "use<..>";
      } else {
        forParams(b.trait.forParams);
        path(b.trait.path);
      }
    }
  }
  void args(const GenericArgs *g, bool value) {
    if (!g || (g->args.empty() && g->constraints.empty()))
      return;
    os_ << (value ? "::<" : "<");
    list(g->args, [&](const GenericArg &a) {
      switch (a.kind) {
      case GenericArgKind::Lifetime: lifetime(a.lifetime); break;
      case GenericArgKind::Type: ty(a.ty); break;
      case GenericArgKind::Const: konst(a.konst); break;
      case GenericArgKind::Infer: os_ << '_'; break;
      }
    });
    if (!g->args.empty() && !g->constraints.empty())
      os_ << ", ";
    list(g->constraints, [&](const AssocConstraint &c) {
      name(c.ident);
      args(c.args, false);
      if (c.ty) {
        os_ << " = ";
        ty(c.ty);
      } else if (c.konst) {
        os_ << " = ";
        konst(c.konst);
      } else {
        os_ << ": ";
        bounds(c.bounds);
      }
    });
    os_ << '>';
  }
  void konst(const ConstArg *c) {
    switch (c->kind) {
    case ConstArgKind::Path: qpath(c->path, true); break;
    case ConstArgKind::Anon: os_ << "{const#" << c->anon.index() << "}"; break;
    case ConstArgKind::Infer: os_ << '_'; break;
    case ConstArgKind::Literal: os_ << (c->negated ? "-" : ""); lit(c->lit); break;
    case ConstArgKind::Error: os_ << "{error}"; break;
    }
  }
  void path(const Path &p, bool value = false) {
    bool first = true;
    for (const PathSegment &s : p.segments) {
      if (!first)
        os_ << "::";
      first = false;
      if (s.ident.name != sym::path_root)
        name(s.ident);
      args(s.args, value);
    }
    if (p.res.kind == ResKind::Local)
      os_ << '#' << p.res.local;
    if (p.res.isErr())
      os_ << "{error}";
  }
  void qpath(const QPath &q, bool value) {
    if (q.kind == QPathKind::TypeRelative) {
      os_ << '<';
      ty(q.self);
      os_ << ">::";
      name(q.segment->ident);
      args(q.segment->args, value);
      return;
    }
    if (q.self) {
      os_ << '<';
      ty(q.self);
      os_ << " as ";
    }
    path(*q.path, value);
    if (q.self)
      os_ << '>';
  }
  void ty(const Ty *t) {
    switch (t->kind) {
    case TyKind::Err: os_ << "{error}"; break;
    case TyKind::Slice: os_ << '['; ty(llvm::cast<SliceTy>(t)->elem); os_ << ']'; break;
    case TyKind::Array: os_ << '['; ty(llvm::cast<ArrayTy>(t)->elem); os_ << "; "; konst(llvm::cast<ArrayTy>(t)->len); os_ << ']'; break;
    case TyKind::Ptr: os_ << (llvm::cast<PtrTy>(t)->mut == Mutability::Mut ? "*mut " : "*const "); ty(llvm::cast<PtrTy>(t)->pointee); break;
    case TyKind::Ref:
      os_ << '&';
      lifetime(llvm::cast<RefTy>(t)->lifetime);
      os_ << (llvm::cast<RefTy>(t)->mut == Mutability::Mut ? " mut " : " ");
      ty(llvm::cast<RefTy>(t)->referent);
      break;
    case TyKind::FnPtr: {
      const FnPtrTy *f = llvm::cast<FnPtrTy>(t);
      forParams(f->forParams);
      os_ << "fn(";
      list(f->decl.inputs, [&](const Ty *i) { ty(i); });
      os_ << ')';
      if (f->decl.output) {
        os_ << " -> ";
        ty(f->decl.output);
      }
      break;
    }
    case TyKind::UnsafeBinder: os_ << "unsafe<..> "; ty(llvm::cast<UnsafeBinderTy>(t)->inner); break;
    case TyKind::Never: os_ << '!'; break;
    case TyKind::Tuple: os_ << '('; list(llvm::cast<TupleTy>(t)->elems, [&](const Ty *e) { ty(e); }); os_ << ')'; break;
    case TyKind::Path: qpath(llvm::cast<PathTy>(t)->path, false); break;
    case TyKind::Opaque: os_ << "impl "; bounds(llvm::cast<OpaqueTy>(t)->bounds); break;
    case TyKind::TraitObject:
      os_ << "dyn ";
      bounds(llvm::cast<TraitObjectTy>(t)->bounds);
      if (llvm::cast<TraitObjectTy>(t)->lifetime.kind != LifetimeKind::ImplicitObjectDefault) {
        os_ << " + ";
        lifetime(llvm::cast<TraitObjectTy>(t)->lifetime);
      }
      break;
    case TyKind::Infer: os_ << '_'; break;
    case TyKind::Pat: os_ << "pattern_type!("; ty(llvm::cast<PatTy>(t)->base); os_ << ')'; break;
    }
  }
  void lit(const Literal &l) {
    using lex::LitKind;
    llvm::StringRef s = l.sym.valid() ? sess_.str(l.sym) : "";
    switch (l.kind) {
    case LitKind::Str: case LitKind::StrRaw: os_ << '"'; os_.write_escaped(s); os_ << '"'; break;
    case LitKind::ByteStr: case LitKind::ByteStrRaw: os_ << "b\""; os_.write_escaped(s, true); os_ << '"'; break;
    case LitKind::CStr: case LitKind::CStrRaw: os_ << "c\""; os_.write_escaped(s); os_ << '"'; break;
    case LitKind::Char: os_ << '\'' << s << '\''; break;
    case LitKind::Byte: os_ << "b'" << s << '\''; break;
    default: os_ << s; break;
    }
    if (l.suffix.valid())
      os_ << sess_.str(l.suffix);
  }
  void patExpr(const PatExpr &e) {
    switch (e.kind) {
    case PatExprKind::Lit: os_ << (e.negated ? "-" : ""); lit(e.lit); break;
    case PatExprKind::Path: qpath(e.path, true); break;
    case PatExprKind::ConstBlock: os_ << "const "; expr(e.body); break;
    }
  }
  template <class L> void elems(const L &l, int dotDot) {
    int i = 0;
    bool first = true;
    auto sep = [&] {
      if (!first)
        os_ << ", ";
      first = false;
    };
    for (const Pat *p : l) {
      if (i++ == dotDot) {
        sep();
        os_ << "..";
      }
      sep();
      pat(p);
    }
    if (dotDot == i) {
      sep();
      os_ << "..";
    }
  }
  void pat(const Pat *p) {
    switch (p->kind) {
    case PatKind::Err: os_ << "{error}"; break;
    case PatKind::Missing: break;
    case PatKind::Wild: os_ << '_'; break;
    case PatKind::Never: os_ << '!'; break;
    case PatKind::Binding: {
      const BindingPat *b = llvm::cast<BindingPat>(p);
      if (b->byRef)
        os_ << (b->refMut == Mutability::Mut ? "ref mut " : "ref ");
      if (b->isMut)
        os_ << "mut ";
      name(b->ident);
      os_ << '#' << b->local.raw;
      if (b->sub) {
        os_ << " @ ";
        pat(b->sub);
      }
      break;
    }
    case PatKind::Struct: {
      const StructPat *s = llvm::cast<StructPat>(p);
      qpath(s->path, true);
      os_ << " { ";
      list(s->fields, [&](const PatField &f) { name(f.ident); os_ << ": "; pat(f.pat); });
      os_ << (s->hasRest ? (s->fields.empty() ? ".. }" : ", .. }") : " }");
      break;
    }
    case PatKind::TupleStruct:
      qpath(llvm::cast<TupleStructPat>(p)->path, true);
      os_ << '(';
      elems(llvm::cast<TupleStructPat>(p)->elems, llvm::cast<TupleStructPat>(p)->dotDot);
      os_ << ')';
      break;
    case PatKind::Or: {
      bool first = true;
      for (const Pat *a : llvm::cast<OrPat>(p)->alts) {
        os_ << (first ? "" : " | ");
        first = false;
        pat(a);
      }
      break;
    }
    case PatKind::Tuple: os_ << '('; elems(llvm::cast<TuplePat>(p)->elems, llvm::cast<TuplePat>(p)->dotDot); os_ << ')'; break;
    case PatKind::Box: os_ << "box "; pat(llvm::cast<BoxPat>(p)->inner); break;
    case PatKind::Deref: os_ << "deref!("; pat(llvm::cast<DerefPat>(p)->inner); os_ << ')'; break;
    case PatKind::Ref: os_ << (llvm::cast<RefPat>(p)->mut == Mutability::Mut ? "&mut " : "&"); pat(llvm::cast<RefPat>(p)->inner); break;
    case PatKind::Expr: patExpr(llvm::cast<ExprPat>(p)->expr); break;
    case PatKind::Guard: pat(llvm::cast<GuardPat>(p)->inner); os_ << " if "; expr(llvm::cast<GuardPat>(p)->guard); break;
    case PatKind::Range: {
      const RangePat *r = llvm::cast<RangePat>(p);
      if (r->lo)
        patExpr(*r->lo);
      os_ << (r->end == RangeEnd::Excluded ? ".." : "..=");
      if (r->hi)
        patExpr(*r->hi);
      break;
    }
    case PatKind::Slice: {
      const SlicePat *s = llvm::cast<SlicePat>(p);
      os_ << '[';
      list(s->before, [&](const Pat *e) { pat(e); });
      if (s->middle) {
        os_ << (s->before.empty() ? "" : ", ") << "..";
        pat(s->middle);
        os_ << (s->after.empty() ? "" : ", ");
      }
      list(s->after, [&](const Pat *e) { pat(e); });
      os_ << ']';
      break;
    }
    }
  }
  void block(const Block &b) {
    os_ << (b.safety != BlockSafety::Safe ? "unsafe {\n" : "{\n");
    ++depth_;
    for (const Stmt &s : b.stmts) {
      indent();
      switch (s.kind) {
      case StmtKind::Let:
        os_ << (s.let->isSuper ? "super let " : "let ");
        pat(s.let->pat);
        if (s.let->ty) {
          os_ << ": ";
          ty(s.let->ty);
        }
        if (s.let->init) {
          os_ << " = ";
          expr(s.let->init);
        }
        if (s.let->otherwise) {
          os_ << " else ";
          block(*s.let->otherwise);
        }
        os_ << ";\n";
        break;
      case StmtKind::Item: os_ << "item " << (s.item.valid() ? crates_.path(s.item) : "_") << ";\n"; break;
      case StmtKind::Expr: expr(s.expr); os_ << '\n'; break;
      case StmtKind::Semi: expr(s.expr); os_ << ";\n"; break;
      }
    }
    if (b.expr) {
      indent();
      expr(b.expr);
      os_ << '\n';
    }
    --depth_;
    indent();
    os_ << '}';
  }
  void label(Ident l, HirId id) {
    if (l.valid() && l.name.valid())
      os_ << sess_.str(l) << '#' << id.raw << ": ";
  }
  void operand(const Expr *e) {
    bool simple = e->kind == ExprKind::Path || e->kind == ExprKind::Lit || e->kind == ExprKind::Call || e->kind == ExprKind::MethodCall ||
                  e->kind == ExprKind::Field || e->kind == ExprKind::Index || e->kind == ExprKind::Tuple || e->kind == ExprKind::Array;
    if (!simple)
      os_ << '(';
    expr(e);
    if (!simple)
      os_ << ')';
  }
  void expr(const Expr *e) {
    switch (e->kind) {
    case ExprKind::Err: os_ << "{error}"; break;
    case ExprKind::ConstBlock: os_ << "const "; expr(llvm::cast<ConstBlockExpr>(e)->body); break;
    case ExprKind::Array: os_ << '['; list(llvm::cast<ArrayExpr>(e)->elems, [&](const Expr *x) { expr(x); }); os_ << ']'; break;
    case ExprKind::Call:
      operand(llvm::cast<CallExpr>(e)->callee);
      os_ << '(';
      list(llvm::cast<CallExpr>(e)->args, [&](const Expr *x) { expr(x); });
      os_ << ')';
      break;
    case ExprKind::MethodCall: {
      const MethodCallExpr *m = llvm::cast<MethodCallExpr>(e);
      operand(m->receiver);
      os_ << '.';
      name(m->segment.ident);
      args(m->segment.args, true);
      os_ << '(';
      list(m->args, [&](const Expr *x) { expr(x); });
      os_ << ')';
      break;
    }
    case ExprKind::Tuple: os_ << '('; list(llvm::cast<TupleExpr>(e)->elems, [&](const Expr *x) { expr(x); }); os_ << ')'; break;
    case ExprKind::Binary: {
      const BinaryExpr *b = llvm::cast<BinaryExpr>(e);
      operand(b->lhs);
      os_ << ' ' << text(b->op) << ' ';
      operand(b->rhs);
      break;
    }
    case ExprKind::Unary: {
      const UnaryExpr *u = llvm::cast<UnaryExpr>(e);
      os_ << (u->op == UnOp::Deref ? '*' : u->op == UnOp::Not ? '!' : '-');
      operand(u->operand);
      break;
    }
    case ExprKind::Lit: lit(llvm::cast<LitExpr>(e)->lit); break;
    case ExprKind::Cast: operand(llvm::cast<CastExpr>(e)->operand); os_ << " as "; ty(llvm::cast<CastExpr>(e)->ty); break;
    case ExprKind::Ascribe: os_ << "type_ascribe!("; expr(llvm::cast<AscribeExpr>(e)->operand); os_ << ", "; ty(llvm::cast<AscribeExpr>(e)->ty); os_ << ')'; break;
    case ExprKind::DropTemps: os_ << "drop_temps("; expr(llvm::cast<DropTempsExpr>(e)->inner); os_ << ')'; break;
    case ExprKind::Let: os_ << "let "; pat(llvm::cast<LetExpr>(e)->pat); os_ << " = "; expr(llvm::cast<LetExpr>(e)->init); break;
    case ExprKind::If: {
      const IfExpr *i = llvm::cast<IfExpr>(e);
      os_ << "if ";
      expr(i->cond);
      os_ << ' ';
      expr(i->then);
      if (i->otherwise) {
        os_ << " else ";
        expr(i->otherwise);
      }
      break;
    }
    case ExprKind::Loop:
      label(llvm::cast<LoopExpr>(e)->label, e->id);
      os_ << "loop#" << e->id.raw << ' ';
      block(*llvm::cast<LoopExpr>(e)->body);
      break;
    case ExprKind::Match: {
      const MatchExpr *m = llvm::cast<MatchExpr>(e);
      os_ << "match ";
      expr(m->scrutinee);
      os_ << " {\n";
      ++depth_;
      for (const Arm *a : m->arms) {
        indent();
        pat(a->pat);
        if (a->guard) {
          os_ << " if ";
          expr(a->guard);
        }
        os_ << " => ";
        expr(a->body);
        os_ << ",\n";
      }
      --depth_;
      indent();
      os_ << '}';
      break;
    }
    case ExprKind::Closure: {
      const ClosureExpr *c = llvm::cast<ClosureExpr>(e);
      forParams(c->forParams);
      os_ << (c->capture == CaptureBy::Value ? "move |" : "|");
      size_t i = 0;
      list(c->params, [&](const Param &p) {
        pat(p.pat);
        if (i < c->decl.inputs.size() && c->decl.inputs[i]->kind != TyKind::Infer) {
          os_ << ": ";
          ty(c->decl.inputs[i]);
        }
        ++i;
      });
      os_ << "| ";
      expr(c->body);
      break;
    }
    case ExprKind::Block: label(llvm::cast<BlockExpr>(e)->label, e->id); block(*llvm::cast<BlockExpr>(e)->block); break;
    case ExprKind::Assign: expr(llvm::cast<AssignExpr>(e)->lhs); os_ << " = "; expr(llvm::cast<AssignExpr>(e)->rhs); break;
    case ExprKind::AssignOp: {
      const AssignOpExpr *a = llvm::cast<AssignOpExpr>(e);
      expr(a->lhs);
      os_ << ' ' << text(a->op) << "= ";
      expr(a->rhs);
      break;
    }
    case ExprKind::Field: operand(llvm::cast<FieldExpr>(e)->base); os_ << '.'; name(llvm::cast<FieldExpr>(e)->field); break;
    case ExprKind::Index: operand(llvm::cast<IndexExpr>(e)->base); os_ << '['; expr(llvm::cast<IndexExpr>(e)->index); os_ << ']'; break;
    case ExprKind::Path: qpath(llvm::cast<PathExpr>(e)->path, true); break;
    case ExprKind::AddrOf: {
      const AddrOfExpr *a = llvm::cast<AddrOfExpr>(e);
      os_ << (a->borrow == BorrowKind::Raw ? (a->mut == Mutability::Mut ? "&raw mut " : "&raw const ") : a->mut == Mutability::Mut ? "&mut " : "&");
      operand(a->operand);
      break;
    }
    case ExprKind::Break:
      os_ << "break#" << llvm::cast<BreakExpr>(e)->target.raw;
      if (llvm::cast<BreakExpr>(e)->value) {
        os_ << ' ';
        expr(llvm::cast<BreakExpr>(e)->value);
      }
      break;
    case ExprKind::Continue: os_ << "continue#" << llvm::cast<ContinueExpr>(e)->target.raw; break;
    case ExprKind::Ret:
      os_ << "return";
      if (llvm::cast<RetExpr>(e)->value) {
        os_ << ' ';
        expr(llvm::cast<RetExpr>(e)->value);
      }
      break;
    case ExprKind::Become: os_ << "become "; expr(llvm::cast<BecomeExpr>(e)->value); break;
    case ExprKind::InlineAsm: os_ << "asm!(..)"; break;
    case ExprKind::OffsetOf:
      os_ << "offset_of!(";
      ty(llvm::cast<OffsetOfExpr>(e)->container);
      for (Ident f : llvm::cast<OffsetOfExpr>(e)->fields) {
        os_ << ", ";
        name(f);
      }
      os_ << ')';
      break;
    case ExprKind::Struct: {
      const StructExpr *s = llvm::cast<StructExpr>(e);
      qpath(s->path, true);
      os_ << " { ";
      list(s->fields, [&](const ExprField &f) { name(f.ident); os_ << ": "; expr(f.value); });
      if (s->rest != ast::StructRest::None) {
        os_ << (s->fields.empty() ? ".." : ", ..");
        if (s->base)
          expr(s->base);
      }
      os_ << " }";
      break;
    }
    case ExprKind::Repeat: os_ << '['; expr(llvm::cast<RepeatExpr>(e)->elem); os_ << "; "; konst(llvm::cast<RepeatExpr>(e)->count); os_ << ']'; break;
    case ExprKind::Yield: os_ << "yield "; expr(llvm::cast<YieldExpr>(e)->value); break;
    case ExprKind::UnsafeBinderCast: os_ << "binder_cast!("; expr(llvm::cast<UnsafeBinderCastExpr>(e)->operand); os_ << ')'; break;
    case ExprKind::ByUse: operand(llvm::cast<ByUseExpr>(e)->operand); os_ << ".use"; break;
    }
  }

  const Session &sess_;
  const Crates &crates_;
  llvm::raw_ostream &os_;
  unsigned depth_ = 0;
};

} // namespace

void print(const Session &sess, const Crates &crates, const Body &body, llvm::raw_ostream &os) { Printer(sess, crates, os).body(body); }
void print(const Session &sess, const Crates &crates, const Item &item, llvm::raw_ostream &os) { Printer(sess, crates, os).item(item); }

} // namespace ferric::hir
