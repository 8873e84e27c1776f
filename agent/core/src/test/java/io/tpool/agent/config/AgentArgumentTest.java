// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class AgentArgumentTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "``                                        | ``",
        "`, ,`                                     | ``",
        "a=1                                       | a=1",
        "a=1,b=2                                   | a=1;b=2",
        "a=1, b=2                                  | a=1;b=2",
        "a=1,b=2,                                  | a=1;b=2",
        ",a=1                                      | a=1",
        "a=,b=                                     | a=;b=",
        "methods=A#a,B#b,pool.size=32              | methods=A#a,B#b;pool.size=32",
        "methods=A#a(int,long),B#b,pool.x-y.max=3  | methods=A#a(int,long),B#b;pool.x-y.max=3",
        "methods=A#a,=b                            | methods=A#a,=b",
        "config=/etc/my app/agent.properties,log=info | config=/etc/my app/agent.properties;log=info",
        "a=b=c,d=e=f                               | a=b=c;d=e=f",
        "/etc/agent.properties                     | /etc/agent.properties",
        "/etc/agent.properties,log=info            | /etc/agent.properties;log=info",
        "methods=A#a;B#b=c                         | methods=A#a;B#b=c",
    })
    void aCommaStartsANewSettingOnlyWhereAKeyFollows(String argument, String settings) {
        assertEquals(settings == null ? ""
            : settings, String.join(";", AgentArgument.split(argument == null ? "" : argument)));
    }
}
