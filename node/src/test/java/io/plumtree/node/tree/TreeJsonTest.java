package io.plumtree.node.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class TreeJsonTest {
    private static JsonNode json(final Views views, final String root) throws Exception {
        return new ObjectMapper().readTree(TreeJson.print(views.view(root)));
    }

    private static String node(final JsonNode json, final String name) {
        for (final JsonNode node : json.get("nodes")) {
            if (node.get("name").asText().equals(name)) {
                return node.toString().replace('"', '\'');
            }
        }
        return null;
    }

    @Test
    void shouldTellAllKindsOfLinksAndNodes() throws Exception {
        final JsonNode json = json(Views.mixed(), "n1");
        assertEquals("n1", json.get("root").asText());
        assertTrue(json.get("rootIsMember").asBoolean());
        assertEquals(9, json.get("nodes").size());
        assertEquals("{'name':'n1','standing':'reached','parent':null,'depth':0,'children':['n2','n3'],"
            + "'eager':['n2','n3','n4'],'lazy':['n5'],'spare':[]}", node(json, "n1"));
        assertEquals("{'name':'n2','standing':'reached','parent':'n1','depth':1,'children':['n6'],"
            + "'eager':['n1','n3','n6'],'lazy':[],'spare':['n3']}", node(json, "n2"));
        assertEquals("{'name':'n4','standing':'down','parent':null,'depth':null,'children':[],"
            + "'eager':null,'lazy':null,'spare':null}", node(json, "n4"));
        assertEquals("{'name':'n5','standing':'unreached','parent':null,'depth':null,'children':[],"
            + "'eager':['n7'],'lazy':['n1','n3'],'spare':['n7']}", node(json, "n5"));
        assertEquals("{'name':'stranger','standing':'stranger','parent':null,'depth':null,'children':[],"
            + "'eager':null,'lazy':null,'spare':null}", node(json, "stranger"));
    }

    @Test
    void shouldSayWhetherTheRootIsAMember() throws Exception {
        assertFalse(json(new Views().node("a", ""), "b").get("rootIsMember").asBoolean());
        assertTrue(json(new Views().node("a", "").down("b"), "b").get("rootIsMember").asBoolean());
    }

    @Test
    void shouldSayTheSameOfTheSameTree() {
        assertEquals(TreeJson.print(Views.heap(64).view("n0")), TreeJson.print(Views.heap(64).view("n0")));
        assertTrue(TreeJson.print(Views.heap(3).view("n0")).endsWith("}\n"));
    }
}
