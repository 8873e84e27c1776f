# An image that holds tpool, for the init container of kubernetes.yml:
#   docker build -f agent.Dockerfile -t registry.example.com/tpool-agent:1.0.0 .
# The folder holds tpool-agent.jar, jmx_prometheus_javaagent.jar and ../monitoring/prometheus.yml.
FROM busybox:1.37
COPY tpool-agent.jar jmx_prometheus_javaagent.jar prometheus.yml /tpool/
USER 65534:65534
