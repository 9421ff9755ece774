import {
  type BinaryOperationNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  OperatorNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  PrimitiveValueListNode,
  type QueryId,
  type QueryResult,
  type RootOperationNode,
  replaceWithNoncontingentExpression,
  type UnknownRow,
  ValueListNode,
} from 'kysely'

/**
 * `in ()` finds nothing and `not in ()` leaves nothing out; written as such they are an error on PostgreSQL. Kysely's
 * own plugin for this passes over lists in subqueries that stand on the right of a comparison.
 */
export class EmptyLists implements KyselyPlugin {
  readonly #transformer = new EmptyListTransformer()

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(node, queryId)
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result
  }
}

class EmptyListTransformer extends OperationNodeTransformer {
  protected override transformBinaryOperation(node: BinaryOperationNode, queryId?: QueryId): BinaryOperationNode {
    const { operator, rightOperand } = node
    const isList = ValueListNode.is(rightOperand) || PrimitiveValueListNode.is(rightOperand)
    if (
      !isList ||
      rightOperand.values.length > 0 ||
      !OperatorNode.is(operator) ||
      !/^(not )?in$/.test(operator.operator)
    ) {
      return super.transformBinaryOperation(node, queryId)
    }
    return replaceWithNoncontingentExpression(node as EmptyList)
  }
}

type EmptyList = Parameters<typeof replaceWithNoncontingentExpression>[0]
