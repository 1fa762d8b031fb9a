package io.tenantry.operations.terminal;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns as wide as their widest cell; a cell is {@link PlainText} of one line. */
public final class Table {

  private static final int GAP = 2;

  private final List<List<String>> rows = new ArrayList<>();

  /** Begins with the names of its columns. */
  public Table(String... head) {
    add(head);
  }

  /** Adds a row with a cell for each column. */
  public Table add(String... cells) {
    rows.add(List.of(cells).stream().map(PlainText::line).toList());
    return this;
  }

  /** All lines, each with an end but the last. */
  @Override
  public String toString() {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.getFirst().size(); column++) {
      int at = column;
      widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    return String.join("\n", rows.stream().map(row -> line(row, widths)).toList());
  }

  private static String line(List<String> row, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < row.size(); column++) {
      String cell = row.get(column);
      line.append(cell).append(" ".repeat(widths.get(column) - cell.length() + GAP));
    }
    return line.toString().stripTrailing();
  }
}
