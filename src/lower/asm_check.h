// What the target decides about the operands of inline assembly before types are known.
#pragma once
#include "ast/ast.h"
#include "ty/context.h"

namespace ferric::lower {

// Reports, each at its operand: unknown registers and classes, registers that only clobbers may name, two operands in one register, ABIs
// unknown or given twice, template modifiers a class does not have, `att_syntax` off x86. `span`: the whole macro call.
void checkAsmTarget(ty::Ctx &tcx, const ast::Ast &ast, const ast::InlineAsm &a, Span span);

} // namespace ferric::lower
