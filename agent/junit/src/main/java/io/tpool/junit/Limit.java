// SPDX-License-Identifier: Apache-2.0
package io.tpool.junit;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * How long carriers may be captured. The text is read here, without the agent's parser: a class of the agent that the
 * tests' own loader has loaded before the agent is attached would be another one than the agent's.
 *
 * @param text as it was written
 * @param nanos the same
 */
record Limit(String text, long nanos) {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}) *(us|ms|s|m)");
    private static final Map<String, TimeUnit> UNITS = Map.of("us", TimeUnit.MICROSECONDS, "ms", TimeUnit.MILLISECONDS,
        "s", TimeUnit.SECONDS, "m", TimeUnit.MINUTES);

    /** That of the test or class, else of the nearest class around it; null if there is none. */
    static Limit of(ExtensionContext context) {
        for (Optional<ExtensionContext> at = Optional.of(context); at.isPresent(); at = at.get().getParent()) {
            Optional<CarriersStayFree> found =
                AnnotationSupport.findAnnotation(at.get().getElement(), CarriersStayFree.class);
            if (found.isPresent()) {
                return parse(found.get().max(), at.get().getDisplayName());
            }
        }
        return null;
    }

    private static Limit parse(String text, String where) {
        Matcher duration = DURATION.matcher(text.strip());
        long nanos = duration.matches() ? UNITS.get(duration.group(2)).toNanos(Long.parseLong(duration.group(1))) : 0;
        if (nanos <= 0) {
            throw new ExtensionConfigurationException("@CarriersStayFree(max = \"" + text + "\") at " + where
                + ": max must be a duration above 0, such as 500us, 20ms, 1s or 2m");
        }
        return new Limit(text.strip(), nanos);
    }
}
