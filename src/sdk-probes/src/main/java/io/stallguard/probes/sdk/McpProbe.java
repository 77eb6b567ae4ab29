package io.stallguard.probes.sdk;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.stallguard.probes.Job;
import io.stallguard.probes.Probe;
import io.stallguard.probes.Received;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The MCP SDK over streamable HTTP. The form names the tool that is called after the pause, while
 * the server is silent on the stream that the client holds open for its messages.
 */
public final class McpProbe implements Probe {

  @SuppressWarnings("deprecation") // What apps of today call.
  @Override
  public void run(Job job, Received received) throws Exception {
    HttpClientStreamableHttpTransport transport =
        HttpClientStreamableHttpTransport.builder(job.url()).endpoint(job.url() + "/mcp").build();
    try (McpSyncClient client = McpClient.sync(transport).build()) {
      client.initialize();
      TimeUnit.MILLISECONDS.sleep(job.pauseMillis());
      received.head();
      McpSchema.CallToolResult result =
          client.callTool(new McpSchema.CallToolRequest(job.form(), Map.of()));
      received.add(result.content().toString());
    }
  }
}
