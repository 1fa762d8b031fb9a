package io.tenantry.api;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes values of a schema, at its limits as well as in between, and values of none. */
final class FuzzValues {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          " ",
          "\t",
          "\u0000",
          "a\u0000b",
          "\ud800",
          "\udfff\ud800",
          "\ud83d\ude00",
          "\u202e",
          "\ufeff",
          "\u00e9",
          "e\u0301",
          "\r\nX-Evil: 1",
          "' or '1'='1",
          "\"; drop table x;--",
          "%s%n",
          "${jndi:ldap://x}",
          "{{7*7}}",
          "../../etc/passwd",
          "<script>",
          "null",
          "NaN",
          "tenant__schema.desk_orders",
          "0",
          "-1",
          "1e400",
          "\uffff",
          "\u2028",
          "?",
          "$1",
          "\\",
          "1e-400",
          "00.1",
          "99999999999999999999.999999999999999999",
          "100000000000000000000",
          "0.0000000000000000001",
          "+1",
          "1.",
          ".5",
          "0x1F",
          "9999-12-31T23:59:59.999999Z",
          "-999999999-01-01T00:00:00Z",
          "2026-02-30T00:00:00Z");

  private final Random random;
  private final Contract contract;

  FuzzValues(Random random, Contract contract) {
    this.random = random;
    this.contract = contract;
  }

  /** Most often a value that the schema takes; else any. */
  JsonNode of(JsonNode schema, int strangeness) {
    if (random.nextInt(100) < strangeness) {
      return any(2);
    }
    JsonNode resolved = contract.resolve(schema);
    if (resolved.has("enum")) {
      JsonNode names = resolved.path("enum");
      return names.get(random.nextInt(names.size()));
    }
    if (resolved.has("anyOf") || resolved.has("oneOf")) {
      JsonNode forms = resolved.path(resolved.has("anyOf") ? "anyOf" : "oneOf");
      return of(forms.get(random.nextInt(forms.size())), strangeness);
    }
    JsonNode type = resolved.path("type");
    if (type.isArray()) {
      return random.nextInt(6) == 0 ? NODES.nullNode() : ofType(first(type), resolved, strangeness);
    }
    return ofType(type.asString(""), resolved, strangeness);
  }

  private static String first(JsonNode types) {
    for (JsonNode type : types) {
      if (!type.asString().equals("null")) {
        return type.asString();
      }
    }
    return "null";
  }

  private JsonNode ofType(String type, JsonNode schema, int strangeness) {
    return switch (type) {
      case "string" -> NODES.stringNode(text(schema));
      case "integer" -> whole(schema);
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "object" -> object(schema, strangeness);
      case "array" -> list(schema, strangeness);
      case "null" -> NODES.nullNode();
      default -> any(1);
    };
  }

  private String text(JsonNode schema) {
    String format = schema.path("format").asString("");
    if (schema.path("pattern").asString("").startsWith("^-?(?:0|")) {
      return decimal();
    }
    if (format.equals("date-time")) {
      return "20" + (10 + random.nextInt(89)) + "-0" + (1 + random.nextInt(9)) + "-01T00:00:00Z";
    }
    int longest = schema.path("maxLength").asInt(40);
    int length =
        switch (random.nextInt(8)) {
          case 0 -> longest;
          case 1 -> longest + 1;
          case 2 -> 0;
          default -> 1 + random.nextInt(Math.min(longest, 30));
        };
    return switch (random.nextInt(4)) {
      case 0 -> "\ud83d\ude00".repeat(length);
      case 1 -> ODD_TEXTS.get(random.nextInt(ODD_TEXTS.size()));
      default -> letters(length);
    };
  }

  private String letters(int length) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append((char) ('a' + random.nextInt(26)));
    }
    return letters.toString();
  }

  private String decimal() {
    BigInteger digits = new BigInteger(1 + random.nextInt(140), random);
    String text = new BigDecimal(digits, random.nextInt(22)).toPlainString();
    return random.nextInt(10) == 0 ? "-" + text : text;
  }

  private JsonNode whole(JsonNode schema) {
    long least = schema.path("minimum").asLong(0);
    long most = schema.path("maximum").asLong(1000);
    return NODES.numberNode(
        switch (random.nextInt(6)) {
          case 0 -> least;
          case 1 -> most;
          case 2 -> least - 1;
          case 3 -> most + 1;
          default -> least + (long) (random.nextDouble() * (most - least));
        });
  }

  private JsonNode list(JsonNode schema, int strangeness) {
    int most = schema.path("maxItems").asInt(10);
    int size = random.nextInt(50) == 0 ? most + random.nextInt(2) : random.nextInt(4);
    ArrayNode list = NODES.arrayNode();
    for (int i = 0; i < size; i++) {
      list.add(of(schema.path("items"), strangeness));
    }
    return list;
  }

  private JsonNode object(JsonNode schema, int strangeness) {
    ObjectNode object = NODES.objectNode();
    JsonNode required = schema.path("required");
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              boolean demanded =
                  required.valueStream().anyMatch(r -> r.asString().equals(field.getKey()));
              if (demanded ? random.nextInt(100) >= strangeness / 2 : random.nextInt(3) == 0) {
                object.set(field.getKey(), of(field.getValue(), strangeness));
              }
            });
    if (schema.path("additionalProperties").isObject()) {
      for (int i = random.nextInt(4); i > 0; i--) {
        object.set(
            random.nextInt(8) == 0 ? odd() : letters(5),
            of(schema.path("additionalProperties"), strangeness));
      }
    } else if (random.nextInt(100) < strangeness) {
      object.set(random.nextBoolean() ? "tenantId" : odd(), any(1));
    }
    return object;
  }

  String odd() {
    return ODD_TEXTS.get(random.nextInt(ODD_TEXTS.size()));
  }

  /** Any JSON at all. */
  JsonNode any(int deeper) {
    return switch (random.nextInt(deeper > 0 ? 10 : 7)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextLong());
      case 3 -> NODES.numberNode(random.nextDouble());
      case 4 -> NODES.numberNode(new BigInteger(300, random));
      case 5, 6 -> NODES.stringNode(odd());
      case 7 -> NODES.arrayNode().add(any(deeper - 1)).add(any(deeper - 1));
      case 8 -> NODES.objectNode();
      default -> NODES.objectNode().set(odd(), any(deeper - 1));
    };
  }

  /** The text of {@code body}, sometimes no longer JSON. */
  String damaged(JsonNode body) {
    String text = JSON.writeValueAsString(body);
    return switch (random.nextInt(9)) {
      case 0 -> text.substring(0, random.nextInt(text.length() + 1));
      case 1 -> text + odd();
      case 2 ->
          text.length() > 2
              ? "{" + text.substring(1, text.length() - 1) + "," + text.substring(1)
              : text;
      case 3 -> "[".repeat(random.nextInt(100)) + text;
      case 4 -> text.replaceFirst("\"", "'");
      case 5 -> odd();
      case 6 -> "";
      case 7 -> text.replace(":", ":" + "9".repeat(random.nextInt(200)));
      default -> "\ufeff" + text;
    };
  }
}
