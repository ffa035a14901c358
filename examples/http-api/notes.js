const { DynamoDBClient } = require("@aws-sdk/client-dynamodb");
const { DynamoDBDocumentClient, GetCommand, PutCommand } = require("@aws-sdk/lib-dynamodb");

const table = process.env.TABLE;
const client = DynamoDBDocumentClient.from(new DynamoDBClient());

exports.handler = async (event) => {
  const id = event.pathParameters.id;
  if (event.requestContext.http.method === "PUT") {
    await client.send(new PutCommand({ TableName: table, Item: { id, text: event.body } }));
    return { statusCode: 204 };
  }
  const { Item } = await client.send(new GetCommand({ TableName: table, Key: { id } }));
  return Item ?? { statusCode: 404 };
};
