import type { MethodDeclarationStructure, OptionalKind, ParameterDeclarationStructure } from 'ts-morph';
import type { Imports } from './imports.js';
import { constantName, propertyAccess, propertyName } from './names.js';
import { operationDocs } from './operation-docs.js';
import { resultOf } from './operations.js';
import { givenParams } from './params.js';
import { paths } from './paths.js';
import type { OperationOf, Scope } from './scope.js';
import { tableName } from './type-names.js';
import { responseText } from './types.js';

/** A parameter that the object fills in with one of its keys. */
export interface BoundParameter {
  readonly parameter: string;
  /** The accessor that gives the key. */
  readonly accessor: string;
}

/** How an operation becomes a method of one class. */
export interface MethodPlan extends OperationOf {
  readonly scope: Scope;
  readonly imports: Imports;
  readonly name: string;
  readonly bound: readonly BoundParameter[];
  /** A sentence of its own for the comment. */
  readonly remark?: string;
}

/** The method that runs an operation: `play(params, options?)`. */
export function operationMethod(plan: MethodPlan): OptionalKind<MethodDeclarationStructure> {
  const { scope, imports, resource, operation, bound } = plan;
  const table = imports.namespace(tableName(resource.name), paths.operations(resource.name));
  const names = new Set(bound.map(({ parameter }) => parameter));
  const remark = operation.upgrade === 'websocket' ? upgradeRemark : plan.remark;
  return {
    name: plan.name,
    parameters: [...paramsArgument(plan), optionsArgument(imports)],
    returnType: `Promise<${returnText(plan)}>`,
    docs: operationDocs(plan, remark, names),
    statements: [call([`${table}.${constantName(operation.name)}`, given(plan), 'options', ...own(plan)])],
  };

  function returnText({ operation: { response, id } }: MethodPlan): string {
    const { kind } = resultOf(scope, operation);
    return kind === 'void' ? 'void' : responseText(response, { scope, imports, where: id });
  }
}

/** The call, over several lines where it would be too long for one. */
function call(args: readonly string[]): string {
  const line = `return this.invoke(${args.join(', ')});`;
  return line.length <= 116 ? line : `return this.invoke(\n${args.map((arg) => `  ${arg},\n`).join('')});`;
}

const upgradeRemark = 'Opens the event connection, as `start()` of the client does.';

/** The first argument, unless the object fills in all there is. */
function paramsArgument(plan: MethodPlan): OptionalKind<ParameterDeclarationStructure>[] {
  const { imports, bound } = plan;
  const free = freeParameters(plan);
  if (free.length === 0) {
    return [];
  }
  return [
    {
      name: 'params',
      type: givenParams(imports, plan, bound.length > 0),
      hasQuestionToken: !free.some(({ required }) => required),
    },
  ];
}

function optionsArgument(imports: Imports): OptionalKind<ParameterDeclarationStructure> {
  return { name: 'options', type: imports.runtimeType('RequestOptions'), hasQuestionToken: true };
}

/** The caller's parameters. */
function given(plan: MethodPlan): string {
  return freeParameters(plan).length > 0 ? 'params' : 'undefined';
}

/** The object's keys, which the runtime puts to them. */
function own({ bound }: MethodPlan): string[] {
  const keys = bound.map(({ parameter, accessor }) => `${propertyName(parameter)}: this${propertyAccess(accessor)}`);
  return keys.length === 0 ? [] : [`{ ${keys.join(', ')} }`];
}

function freeParameters({ operation, bound }: MethodPlan): OperationOf['operation']['parameters'] {
  return operation.parameters.filter(({ name }) => !bound.some(({ parameter }) => parameter === name));
}
