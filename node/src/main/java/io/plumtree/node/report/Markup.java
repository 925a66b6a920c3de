package io.plumtree.node.report;

import java.util.Locale;

/** XML, a piece at a time; whoever passes text escapes it. */
public final class Markup {
    private static final char REPLACEMENT = '\ufffd';

    private final StringBuilder out = new StringBuilder();

    /** Empty. */
    public Markup() {
    }

    /**
     * Text in which nothing has a meaning to XML, neither between tags nor in an attribute; characters that XML does
     * not allow become U+FFFD.
     *
     * @param text any text.
     * @return the same for XML.
     */
    public static String escape(final String text) {
        final StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(isAllowed(point) ? point : REPLACEMENT);
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(final int point) {
        return point == '\t' || point == '\n' || point == '\r' || point >= ' ' && point < Character.MIN_SURROGATE
            || point > Character.MAX_SURROGATE && point < 0xfffe || point > 0xffff;
    }

    /**
     * Adds a line.
     *
     * @param format as {@link String#format} has it; numbers are written with a point.
     * @param values what it holds, text escaped.
     * @return this.
     */
    public Markup line(final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    /**
     * Adds text as it is.
     *
     * @param text markup.
     * @return this.
     */
    public Markup raw(final String text) {
        out.append(text);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
