/** Finds what a module keeps between calls, from its source alone. */
import ts from 'typescript';

/** Made of fixed things alone, so nothing changes in them; a set counts while nobody adds to it. */
const FIXED_CALLS =
  /^(once|cache|utf8|isKeptClosed|Math\.\w+|Object\.keys)$|^z\b|\.(join|map|refine|transform)$/;
const FIXED_CLASSES = new Set(['Set', 'Logger']);
/** Of arrays, maps and sets. */
const CHANGING_METHODS =
  /^(add|append|clear|copyWithin|delete|fill|pop|push|reverse|set|shift|sort|splice|unshift)$/;
const CHANGING_FUNCTIONS = /^(Object\.(assign|define\w+|setPrototypeOf)|Reflect\.\w+)$/;

/** The names of everything in the module that outlives a call and changes, or may. */
export function stateOfModule(source: string): string[] {
  const file = ts.createSourceFile('module.ts', source, ts.ScriptTarget.Latest, true);
  const changed = namesThatChange(file);
  return file.statements.flatMap((statement) => {
    if (ts.isClassDeclaration(statement)) return staticsOf(statement);
    if (!ts.isVariableStatement(statement)) return [];
    const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
    return statement.declarationList.declarations
      .filter((variable) => {
        const name = variable.name.getText();
        return !isConst || changed.has(name) || mayChange(withoutTypes(variable.initializer));
      })
      .map((variable) => variable.name.getText());
  });
}

function staticsOf(declared: ts.ClassDeclaration): string[] {
  const isState = (member: ts.ClassElement): member is ts.PropertyDeclaration =>
    ts.isPropertyDeclaration(member) &&
    (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0 &&
    (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Readonly) === 0;
  return declared.members.filter(isState).map((member) => member.name.getText());
}

/** What is made by a call or a class holds what nobody sees here. */
function mayChange(value: ts.Expression | undefined): boolean {
  if (value === undefined) return false;
  if (ts.isAwaitExpression(value)) return true;
  if (ts.isNewExpression(value)) {
    // An empty one waits to be filled.
    const isFilled = value.arguments?.length === 1;
    return !isFilled || !FIXED_CLASSES.has(value.expression.getText());
  }
  if (!ts.isCallExpression(value)) return false;
  return !FIXED_CALLS.test(value.expression.getText().replaceAll(/\s/g, ''));
}

function withoutTypes(value: ts.Expression | undefined): ts.Expression | undefined {
  return value !== undefined &&
    (ts.isAsExpression(value) ||
      ts.isSatisfiesExpression(value) ||
      ts.isParenthesizedExpression(value))
    ? withoutTypes(value.expression)
    : value;
}

/** Names of which something is assigned, deleted, or changed by a method. */
function namesThatChange(file: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const note = (target: ts.Expression) => {
    const root = rootOf(target);
    if (root !== target) names.add(root.getText());
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) note(node.left);
    if (ts.isPostfixUnaryExpression(node)) note(node.operand);
    if (ts.isPrefixUnaryExpression(node) && isStep(node.operator)) note(node.operand);
    if (ts.isDeleteExpression(node)) note(node.expression);
    if (ts.isCallExpression(node)) {
      const { expression } = node;
      if (CHANGING_FUNCTIONS.test(expression.getText())) {
        const [first] = node.arguments;
        if (first !== undefined) names.add(rootOf(first).getText());
      } else if (
        ts.isPropertyAccessExpression(expression) &&
        CHANGING_METHODS.test(expression.name.text)
      ) {
        note(expression);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isStep(operator: ts.PrefixUnaryOperator): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

/** `a` of `a.b[c]`. */
function rootOf(expression: ts.Expression): ts.Expression {
  return ts.isPropertyAccessExpression(expression) || ts.isElementAccessExpression(expression)
    ? rootOf(expression.expression)
    : expression;
}
