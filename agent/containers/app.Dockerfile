# An application with tpool in its own image:
#   docker build -f app.Dockerfile -t registry.example.com/app:1.0.0 .
FROM eclipse-temurin:25
COPY tpool-agent.jar agent.properties /opt/tpool/
COPY app.jar /opt/app/
ENV JAVA_TOOL_OPTIONS="-javaagent:/opt/tpool/tpool-agent.jar=config=/opt/tpool/agent.properties"
USER 65534:65534
ENTRYPOINT ["java", "-jar", "/opt/app/app.jar"]
